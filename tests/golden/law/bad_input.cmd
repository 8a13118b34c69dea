source ../bad.sh
common_bad_files
good='{"date":"2019-05-10","facts":{"activity":"buy","direction":"from_dprk","cargo":"anthracite coal"},"jurisdictions":["UN"]}'
echo "$good" >one.json
echo "${good:0:60}" >truncated.json
echo "${good/anthracite/caf$'\xe9'}" >latin1.json
echo '{"facts":{"activity":"buy"}}' >no_date.json
echo '{"date":"2019-02-30","facts":{},"jurisdictions":["UN"]}' >no_such_day.json
echo '{"date":"2019-05-10","facts":{},"jurisdictions":["XX"]}' >no_such_law.json
echo '["one", 2]' >wrong_shape.json
iconv -t UTF-16 one.json >utf16.json
head -c 1000000 /dev/zero | tr '\0' '[' >deep.json
for file in missing empty folder noise truncated.gz truncated.json latin1.json no_date.json no_such_day.json no_such_law.json wrong_shape.json utf16.json deep.json; do
  bad "$file" with_memory 1500 "$CORDON" law check "$file" -o result
done
printf 'date,amount\n2019-05-10,1\n' >no_column.csv
for file in missing empty folder no_column.csv; do
  bad "cap $file" "$CORDON" law cap "$file" -o result
done
bad "no such measure" "$CORDON" law explain NO-SUCH-MEASURE -o result
bad "a book of law that is not there" "$CORDON" law check --law missing one.json -o result
bad "an empty book of law" "$CORDON" law check --law folder one.json -o result
bad "result larger than the disk" with_disk 4 "$CORDON" law table -o result
bad "stdout on a full disk" bash -c '"$CORDON" law check one.json >/dev/full'
long_line() { with_memory 900 "$CORDON" law check - < <(head -c 600M /dev/zero | tr '\0' x); }
bad "a line of 600 MB" long_line
