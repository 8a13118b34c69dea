$CORDON compare pairs.csv
