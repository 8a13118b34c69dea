"$CORDON" completion fish
