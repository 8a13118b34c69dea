# What --since writes is the difference of two full runs: shown, then compared with them.
work=$(mktemp)
$CORDON screen --lists list_new.jsonl --since list.jsonl queries.csv | tee "$work"
python3 - "$CORDON" "$work" 2>&1 <<'PY'
import json, subprocess, sys
def run(*options):
    text = subprocess.run([sys.argv[1], "screen", *options, "queries.csv"], check=True, capture_output=True).stdout
    return [json.loads(line) for line in text.splitlines()]
def bare(hit):
    return {key: value for key, value in hit.items() if key != "source"}
expected = []
for old, new in zip(run("--lists", "list.jsonl"), run("--lists", "list_new.jsonl")):
    before = {hit["entity_id"]: bare(hit) for hit in old["hits"]}
    hits = [hit for hit in new["hits"] if before.get(hit["entity_id"]) != bare(hit)]
    gone = [hit["entity_id"] for hit in old["hits"] if hit["entity_id"] not in {h["entity_id"] for h in new["hits"]}]
    if hits or gone:
        expected.append((new["id"], hits, gone))
found = [(d["id"], d["hits"], [g["entity_id"] for g in d["gone"]]) for d in map(json.loads, open(sys.argv[2]))]
print("the difference of two full runs" if found == expected else f"expected {expected}")
PY
rm "$work"
