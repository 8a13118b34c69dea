$CORDON network export --graph owners.csv --listed listed.txt --format graphml --as-of 2026-01-31
