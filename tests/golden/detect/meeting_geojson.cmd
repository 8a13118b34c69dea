"$CORDON" detect meeting.csv --format geojson 2>/dev/null | head -c 300
