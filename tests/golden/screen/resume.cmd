source ../bad.sh
cp "$fixtures"/list.jsonl .
{ echo id,schema,name; for i in {1..9000}; do echo "q$i,Person,KIM Jong Un"; done; } >many.csv
"$CORDON" screen --lists list.jsonl many.csv -o whole 2>/dev/null
with_disk 900 "$CORDON" screen --lists list.jsonl many.csv -o result --resume 2>/dev/null || echo "stopped: exit $?"
ls
wc -l <result.part | sed 's/^ *//;s/^[1-9][0-9]*$/some answers/'
bad "other options" "$CORDON" screen --lists list.jsonl many.csv -o result --resume --limit 1
sed 's/^q1,/q0,/' many.csv >other.csv
mv many.csv kept.csv; mv other.csv many.csv
bad "other queries" "$CORDON" screen --lists list.jsonl many.csv -o result --resume
mv kept.csv many.csv
"$CORDON" screen --lists list.jsonl many.csv -o result --resume 2>&1 | sed -E 's/^cordon: [0-9]+ queries had/cordon: some queries had/'
cmp whole result && echo "the same as a run that was not interrupted"
ls
