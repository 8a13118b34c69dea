$CORDON network control --graph owners.csv --listed listed.txt --rule UK --as-of 2026-01-31 --no-proof 2>/dev/null
