"$CORDON" detect meeting.csv --registry registry.csv 2>/dev/null
