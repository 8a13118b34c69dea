$CORDON resolve people.csv --decisions contradiction.csv
