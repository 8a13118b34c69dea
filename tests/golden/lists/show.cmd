"$CORDON" lists show un_old.xml
