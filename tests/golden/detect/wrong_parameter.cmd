printf '[gap.min_hours]\nvalue = 6\n' | "$CORDON" detect meeting.csv --parameters /dev/stdin
