"$CORDON" law check coal.json
