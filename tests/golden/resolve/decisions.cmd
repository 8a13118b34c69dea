$CORDON resolve people.csv --decisions decisions.csv; $CORDON resolve people.csv --decisions decisions.csv --explain a1 a2 | tail -1
