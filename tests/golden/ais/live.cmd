cat types.nmea | "$CORDON" ais decode stream:- | cmp - decode.out && "$CORDON" ais decode udp://:0 types.nmea
