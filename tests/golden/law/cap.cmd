"$CORDON" law cap deliveries.csv
