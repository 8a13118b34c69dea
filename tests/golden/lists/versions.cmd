"$CORDON" lists versions un_new.xml vessels.csv
