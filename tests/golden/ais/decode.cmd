$CORDON ais decode types.nmea
