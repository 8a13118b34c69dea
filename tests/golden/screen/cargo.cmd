"$CORDON" screen --cargo cargo.csv --exit-code
