"$CORDON" law check many.json
