$CORDON compare no_columns.csv
