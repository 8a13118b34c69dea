source ../bad.sh
common_bad_files
printf '{"p":[0.5,0.5],"T":[1],"w":[[1]]}' >short.json
printf '{"p":[0.5,' >truncated.json
{ printf '{"p":'; head -c 1000000 /dev/zero | tr '\0' '['; } >deep.json
printf '{"p0":[1],"effort":[1,1],"w":[[1],[1]],"K":[[[1.5]]]}' >over_one.json
printf '{"p":[1e999],"T":[1],"w":[[1]]}' >infinite.json
printf '10 1\n0 0 0\n' >one_place.txt
printf '1 1\n0 0 0\n9 9 0\n' >too_far.txt
printf 'DIMENSION : 4000000000\nCOST_LIMIT : 1\n' >huge.oplib
allocate() { with_memory 1500 "$CORDON" patrol allocate "$@"; }
route() { with_memory 1500 "$CORDON" patrol route --seconds 0.01 "$@"; }
for file in missing empty folder noise truncated.gz short.json truncated.json deep.json over_one.json infinite.json; do
  bad "allocate $file" allocate "$file" -o result
done
for file in missing empty folder noise truncated.gz one_place.txt too_far.txt huge.oplib; do
  bad "route $file" route "$file" -o result
done
bad "stdout on a full disk" bash -c '"$CORDON" patrol allocate <(echo "{\"p\":[1],\"T\":[1],\"w\":[[1]]}") >/dev/full'
