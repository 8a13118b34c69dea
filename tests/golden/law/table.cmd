"$CORDON" law table --format csv | head -4
