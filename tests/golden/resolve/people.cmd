$CORDON resolve people.csv
