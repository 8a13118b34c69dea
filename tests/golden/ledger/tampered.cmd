# What was altered, removed or moved is named; 1 is the status.
source ../bad.sh
for n in 1 2 3 4 5 6; do echo '{"kind":"note","payload":'$n'}'; done >entries
change() {
  rm -f l l.heads
  while read -r line; do echo "$line" | "$CORDON" ledger append l --actor ana --versions '{}' --entries - >/dev/null; done <entries
  python3 - "$1" <<'PY'
import sqlite3, sys
c = sqlite3.connect("l")
for (name,) in c.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
    c.execute(f"DROP TRIGGER {name}")
c.executescript(sys.argv[1])
PY
  bad "$1" "$CORDON" ledger verify l --output result
}
change "UPDATE cordon_entry SET payload = '9' WHERE seq = 3"
change "UPDATE cordon_entry SET hash = previous WHERE seq = 3"
change "DELETE FROM cordon_entry WHERE seq = 2"
change "DELETE FROM cordon_entry WHERE seq > 4"
change "UPDATE cordon_entry SET seq = 9 WHERE seq = 2; UPDATE cordon_entry SET seq = 2 WHERE seq = 4; UPDATE cordon_entry SET seq = 4 WHERE seq = 9"
change "UPDATE cordon_ledger SET id = 'other'"
"$CORDON" ledger key key >/dev/null
rm -f l l.heads
"$CORDON" ledger append l --actor ana --versions '{}' --entries entries >/dev/null
"$CORDON" ledger export l --key key --format csv -o copy.csv
sed -i 's/,ana,/,eve,/' copy.csv
bad "copy altered" "$CORDON" ledger verify copy.csv --public key.pub --output result
