"$CORDON" detect meeting.csv --format kml 2>/dev/null | head -3
