$CORDON compare none.csv
