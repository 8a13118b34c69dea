$CORDON ais encode marine.csv | gzip | $CORDON ais decode --format csv -
