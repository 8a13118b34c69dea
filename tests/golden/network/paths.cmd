$CORDON network paths --graph owners.csv --listed listed.txt --from B --as-of 2026-01-31 -k 3
