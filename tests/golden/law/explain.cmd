"$CORDON" law explain EX-2664-1
