source ../bad.sh
common_bad_files
printf 'owner,owned,pct\na,b,60\n' >one.csv
printf 'owner,share\na,60\n' >no_column.csv
printf '{"id":"x","schema":"Ownership","properties":{"owner":["a"]' >truncated.json
{ printf '{"id":"x","schema":"Person","properties":'; head -c 1000000 /dev/zero | tr '\0' '['; printf '\n'; } >deep.json
{ echo owner,owned,pct; for i in {1..3000}; do echo "a,company number $i,60"; done; } >many.csv
echo a >listed
control() { with_memory 1500 "$CORDON" network control --rule OFAC --as-of 2025-01-01 "$@"; }
for file in missing empty folder noise truncated.gz no_column.csv truncated.json deep.json; do
  bad "control $file" control --graph "$file" --listed listed -o result
done
for file in missing empty folder noise; do
  bad "listed $file" control --graph one.csv --listed "$file" -o result
done
bad "paths in an empty file" "$CORDON" network paths --graph empty --from a --to b -o result
bad "paths from nobody" "$CORDON" network paths --graph one.csv --from nobody --to b -o result
bad "a day that is none" "$CORDON" network control --graph one.csv --listed listed --rule OFAC --as-of 2025-02-30 -o result
bad "result larger than the disk" with_disk 64 "$CORDON" network control --graph many.csv --listed listed --rule OFAC --as-of 2025-01-01 -o result
bad "stdout on a full disk" bash -c '"$CORDON" network control --graph many.csv --listed listed --rule OFAC --as-of 2025-01-01 >/dev/full'
long_line() { with_memory 2500 "$CORDON" network control --graph - --listed listed --rule OFAC --as-of 2025-01-01 < <(head -c 600M /dev/zero | tr '\0' x); }
bad "a line of 600 MB" long_line
