$CORDON patrol allocate one.json
