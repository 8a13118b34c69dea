"$CORDON" law check cut.json
