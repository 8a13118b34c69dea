"$CORDON" lists show un_old.xml --format table
