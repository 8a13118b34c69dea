$CORDON network control --graph owners.csv --listed listed.txt --view interest --as-of 2026-01-31 2>/dev/null
