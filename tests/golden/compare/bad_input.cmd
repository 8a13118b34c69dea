source ../bad.sh
common_bad_files
printf 'id,schema,left\n1,Person,Kim\n' >no_column.csv
printf 'id,schema,left,right\n1,Person,caf\xe9,Kim\n' >latin1.csv
printf 'id,schema,left,right\n1,Person,"Kim,Pak\n2,Person,a,b\n' >open_quote.csv
{ echo id,schema,left,right; for i in {1..3000}; do echo "$i,Person,Kim Chol,Kim Chul"; done; } >many.csv
for file in missing empty folder noise truncated.gz no_column.csv latin1.csv open_quote.csv; do
  bad "$file" "$CORDON" compare "$file" -o result
done
head -3 many.csv >few.csv
bad "result in a missing folder" "$CORDON" compare few.csv -o no/such/result
bad "result is a folder" "$CORDON" compare few.csv -o folder
bad "result larger than the disk" with_disk 64 "$CORDON" compare many.csv -o result
bad "stdout on a full disk" bash -c '"$CORDON" compare few.csv >/dev/full'
long_line() { with_memory 2500 "$CORDON" compare - < <(head -c 600M /dev/zero | tr '\0' x); }
bad "a line of 600 MB" long_line
