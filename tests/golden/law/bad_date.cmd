"$CORDON" law check bad_date.json
