source ../bad.sh
common_bad_files
printf '!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C\n' >one.nmea
for _ in {1..3000}; do cat one.nmea; done >many.nmea
iconv -t UTF-16 one.nmea >utf16.nmea
printf 'MMSI,LAT,LON\n1,2,3\n' >no_column.csv
for file in missing empty folder noise truncated.gz utf16.nmea no_column.csv; do
  bad "decode $file" "$CORDON" ais decode "$file" -o result
  bad "decode to csv $file" "$CORDON" ais decode --format csv "$file" -o result
  bad "encode $file" "$CORDON" ais encode "$file" -o result
done
bad "result in a missing folder" "$CORDON" ais decode one.nmea -o no/such/result
bad "result is a folder" "$CORDON" ais decode one.nmea -o folder
bad "result larger than the disk" with_disk 64 "$CORDON" ais decode many.nmea -o result
bad "stdout on a full disk" bash -c '"$CORDON" ais decode many.nmea >/dev/full'
bad "a wrong time" "$CORDON" ais decode --start-time yesterday one.nmea
long_line() { with_memory 600 "$CORDON" ais "$@" - < <(head -c 600M /dev/zero | tr '\0' x); }
bad "decode a line of 600 MB" long_line decode
bad "encode a line of 600 MB" long_line encode
