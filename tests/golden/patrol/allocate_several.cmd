$CORDON patrol allocate several.json
