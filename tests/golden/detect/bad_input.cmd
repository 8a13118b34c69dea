source ../bad.sh
common_bad_files
printf '!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C\n' >one.nmea
iconv -t UTF-16 one.nmea >utf16.nmea
printf 'MMSI,BaseDateTime,LAT\n1,2024-01-01T00:00:00,3\n' >no_column.csv
for file in missing empty folder noise truncated.gz utf16.nmea no_column.csv; do
  bad "$file" "$CORDON" detect "$file" -o result
done
printf 'name,flag\nA,kp\n' >no_imo.csv
printf 'IMO,name\n8412467,caf\xe9\n' >latin1.csv
for file in missing empty folder noise truncated.gz no_imo.csv latin1.csv; do
  bad "registry $file" "$CORDON" detect one.nmea --registry "$file" -o result
done
for file in missing empty folder noise; do
  bad "list $file" "$CORDON" detect one.nmea --lists "$file" -o result
done
printf 'no_such_parameter = 1\n' >unknown.toml
printf 'x = [\n' >broken.toml
for file in missing folder noise unknown.toml broken.toml; do
  bad "parameters $file" "$CORDON" detect one.nmea --parameters "$file" -o result
done
bad "stdout on a full disk" bash -c '"$CORDON" detect --format kml one.nmea >/dev/full'
long_line() { with_memory 900 "$CORDON" detect - < <(head -c 600M /dev/zero | tr '\0' x); }
bad "a line of 600 MB" long_line
