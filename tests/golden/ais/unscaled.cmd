$CORDON ais decode --unscaled --extra types.nmea
