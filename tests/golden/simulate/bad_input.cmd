source ../bad.sh
common_bad_files
simulate() { "$CORDON" simulate --days 1 --vessels 100 "$@"; }
bad "too few vessels" "$CORDON" simulate --vessels 3 -o result
bad "no length" "$CORDON" simulate --days 0 -o result
bad "a length that is no number" "$CORDON" simulate --days nan -o result
bad "a length beyond reason" "$CORDON" simulate --days 1e9 -o result
bad "a day that is none" simulate --start 2024-02-30 -o result
bad "result is a file" simulate -o empty
for file in missing empty folder noise truncated.gz; do
  bad "list $file" simulate --lists "$file" -o result
done
bad "result larger than the disk" with_disk 64 simulate -o result
