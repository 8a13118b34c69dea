"$CORDON" detect meeting.csv --registry registry.csv --format csv 2>/dev/null
