$CORDON network paths --graph owners.csv --listed listed.txt --from A,B --from C --as-of 2026-01-31 -k 1
