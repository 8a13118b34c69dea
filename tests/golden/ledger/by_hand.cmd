# The hash as docs/ledger.md describes it, computed by its program and not by ours.
source ../bad.sh
for n in 1 2 3; do echo '{"kind":"note","payload":{"n":'$n',"text":"caf\u00e9 < 2.50"}}'; done | "$CORDON" ledger append l --actor ana --entries - >/dev/null
"$CORDON" ledger key key >/dev/null
"$CORDON" ledger export l --key key -o copy.json
sed -n '/^```python/,/^```$/p' "$fixtures/../../../docs/ledger.md" | sed '1d;$d' >check.py
python3 check.py copy.json
sed -i 's/"n":2/"n":7/' copy.json
python3 check.py copy.json
