source ../bad.sh
common_bad_files
printf '{"id":"l1","schema":"Person","caption":"Kim Chol","properties":{"name":["Kim Chol"]},"datasets":["own"]}\n' >list.json
printf 'id,schema\n1,Person\n' >no_column.csv
printf 'id,schema,name\n1,Person,caf\xe9\n' >latin1.csv
printf 'id,schema,name\n1,Person,"Kim,Pak\n2,Person,a\n' >open_quote.csv
{ echo id,schema,name; for i in {1..2000}; do echo "$i,Person,Kim Chol"; done; } >many.csv
head -3 many.csv >few.csv
for file in missing empty folder noise truncated.gz no_column.csv latin1.csv open_quote.csv; do
  bad "queries $file" "$CORDON" screen --lists list.json "$file" -o result
done
for file in missing empty folder noise truncated.gz; do
  bad "list $file" "$CORDON" screen --lists "$file" few.csv -o result
done
bad "no query" "$CORDON" screen --lists list.json -o result
bad "result in a missing folder" "$CORDON" screen --lists list.json few.csv -o no/such/result
bad "result larger than the disk" with_disk 64 "$CORDON" screen --lists list.json many.csv -o result
bad "stdout on a full disk" bash -c '"$CORDON" screen --lists list.json few.csv >/dev/full'
long_line() { with_memory 2500 "$CORDON" screen --lists list.json - < <(head -c 600M /dev/zero | tr '\0' x); }
bad "a line of 600 MB" long_line
