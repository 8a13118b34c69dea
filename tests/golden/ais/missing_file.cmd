$CORDON ais decode nothing.nmea
