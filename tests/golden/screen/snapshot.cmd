source ../bad.sh
cp "$fixtures"/*.jsonl "$fixtures"/queries.csv .
make() { "$CORDON" screen --lists "$1" --make-snapshot kept.cordonidx 2>&1; }
make list.jsonl
make list_new.jsonl
make list.jsonl
"$CORDON" screen --snapshot kept.cordonidx queries.csv -o mapped 2>/dev/null
"$CORDON" screen --lists list.jsonl queries.csv -o read 2>/dev/null
cmp mapped read && echo "a snapshot answers as its lists"
rm mapped read
size=$(wc -c <kept.cordonidx)
head -c $((size - 9)) kept.cordonidx | sed "s/x/x/" >cut.cordonidx
{ head -c 1000 kept.cordonidx; printf X; tail -c +1002 kept.cordonidx; } >changed.cordonidx
{ head -c 16 kept.cordonidx; printf XXXXXXXX; tail -c +25 kept.cordonidx; } >head.cordonidx
bad "cut off" bash -c '"$CORDON" screen --snapshot cut.cordonidx queries.csv -o result 2> >(sed -E "s/[0-9]{4,}/N/g" >&2)'
bad "changed" "$CORDON" screen --snapshot changed.cordonidx queries.csv -o result
bad "head changed" "$CORDON" screen --snapshot head.cordonidx queries.csv -o result
bad "a list" "$CORDON" screen --snapshot list.jsonl queries.csv -o result
bad "missing" "$CORDON" screen --snapshot missing queries.csv -o result
bad "other lists" "$CORDON" screen --snapshot kept.cordonidx --lists list_new.jsonl queries.csv -o result
