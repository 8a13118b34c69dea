$CORDON network control --graph owners.csv --rule OFAC --as-of sometime
