$CORDON network control --graph owners.csv --listed listed.txt --rule OFAC --as-of 2026-01-31
