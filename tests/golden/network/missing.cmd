$CORDON network control --graph missing.csv --rule OFAC --as-of 2026-01-31
