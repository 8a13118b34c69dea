source ../bad.sh
common_bad_files
good='<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.001</REFERENCE_NUMBER></INDIVIDUAL></INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>'
printf '%s' "${good:0:200}" >truncated.xml
printf '%s' "${good/A</$'\xe9'<}" >latin1.xml
{ printf '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
  for i in {1..30}; do printf '<!ENTITY a%d "&a%d;&a%d;&a%d;&a%d;">' $i $((i - 1)) $((i - 1)) $((i - 1)) $((i - 1)); done
  printf '<!ENTITY x SYSTEM "file:///etc/passwd">]><CONSOLIDATED_LIST dateGenerated="&x;"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>&a30;&x;</FIRST_NAME><REFERENCE_NUMBER>KPi.001</REFERENCE_NUMBER></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>'
} >laughs.xml
{ printf '<CONSOLIDATED_LIST><INDIVIDUALS>'; head -c 3000000 /dev/zero | sed 's/\x0/<a>/g'; } >deep.xml
{ printf '{"id":"x","schema":"Person","properties":'; head -c 1000000 /dev/zero | tr '\0' '['; printf '\n'; } >deep.json
printf 'id,schema,nome\nx,Person,Kim\n' >no_column.csv
printf '{"id":"x","schema":"Person","properties":{"name":["A"]}}\n' >one.json
for i in {1..300}; do printf '{"id":"x%d","schema":"Person","caption":"%0500d","properties":{"name":["A"]}}\n' "$i" 0; done >many.json
for file in missing empty folder noise truncated.gz truncated.xml latin1.xml laughs.xml deep.xml deep.json no_column.csv; do
  bad "$file" with_memory 1500 "$CORDON" lists show "$file" -o result
done
bad "diff with a missing file" "$CORDON" lists diff one.json missing -o result
bad "result in a missing folder" "$CORDON" lists show one.json -o no/such/result
bad "result is a folder" "$CORDON" lists show one.json -o folder
bad "result larger than the disk" with_disk 64 "$CORDON" lists show many.json -o result
bad "stdout on a full disk" bash -c '"$CORDON" lists show many.json >/dev/full'
long_line() { with_memory 600 "$CORDON" lists show - < <(head -c 600M /dev/zero | tr '\0' x); }
bad "a line of 600 MB" long_line
