$CORDON simulate --start yesterday -o nowhere
