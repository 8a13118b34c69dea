"$CORDON" man completion | sed 's/"cordon [0-9.]*"/"cordon VERSION"/'
