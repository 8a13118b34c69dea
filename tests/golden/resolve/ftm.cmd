$CORDON resolve parties.json --format ftm --show-model
