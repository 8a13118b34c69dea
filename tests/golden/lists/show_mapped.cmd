"$CORDON" lists show vessels.csv
