source ../bad.sh
common_bad_files
printf 'MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status\n441000001,2024-02-01T00:00:00,37.0,124.0,5.0,90.0,90,A,,,70,0\n' >one.csv
printf 'MMSI,BaseDateTime,LAT\n1,2024-01-01T00:00:00,3\n' >no_column.csv
for file in missing empty folder noise truncated.gz no_column.csv; do
  bad "$file" "$CORDON" watch "$file" -o result
done
printf 'name,flag\nA,kp\n' >no_imo.csv
for file in missing empty folder noise truncated.gz no_imo.csv; do
  bad "registry $file" "$CORDON" watch one.csv --registry "$file" -o result
done
printf 'owner,share\na,60\n' >no_owned.csv
for file in missing empty noise truncated.gz no_owned.csv; do
  bad "ownership $file" "$CORDON" watch one.csv --ownership "$file" -o result
done
printf '<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-01-01"><INDIVIDUALS><INDIV' >truncated.xml
for file in missing empty folder noise truncated.gz truncated.xml; do
  bad "list $file" "$CORDON" watch one.csv --lists "$file" -o result
done
printf '{"no_such_weight": 1}' >unknown.json
for file in missing folder noise unknown.json; do
  bad "weights $file" "$CORDON" watch one.csv --weights "$file" -o result
done
bad "a day that is none" "$CORDON" watch one.csv --as-of 2024-02-30 -o result
bad "result is a file" "$CORDON" watch one.csv -o one.csv
bad "stdout on a full disk" bash -c '"$CORDON" watch one.csv -o result >/dev/full'
long_line() { with_memory 900 "$CORDON" watch - -o result < <(head -c 600M /dev/zero | tr '\0' x); }
bad "a line of 600 MB" long_line
