$CORDON ais decode --report --format csv broken.nmea
