$CORDON resolve people.csv --explain b1 c1 2>/dev/null; $CORDON resolve people.csv --explain e1 e2 --json 2>/dev/null
