$CORDON resolve people.csv --add more.csv --previous previous.csv --history /dev/stderr
