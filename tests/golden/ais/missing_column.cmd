"$CORDON" ais decode --format csv no_lon.csv
