$CORDON ais encode marine.csv
