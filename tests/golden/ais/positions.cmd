$CORDON ais decode --format csv types.nmea marine.csv danish.csv
