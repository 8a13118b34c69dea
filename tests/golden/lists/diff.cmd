"$CORDON" lists diff un_old.xml un_new.xml
