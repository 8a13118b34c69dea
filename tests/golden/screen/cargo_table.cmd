"$CORDON" screen --cargo cargo.csv --jurisdiction UN --format table
