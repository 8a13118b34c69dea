# What is said when the input is bad, and that nothing is left behind.
source ../bad.sh
common_bad_files
echo '{"kind":' >broken.json
printf '%s\n' '{"kind":"note"}' '{"kind":1}' '{"actor":"a","colour":"red"}' 'noise' >lines
bad "no ledger" "$CORDON" ledger show absent
bad "folder" "$CORDON" ledger show folder
bad "noise" "$CORDON" ledger verify noise
bad "empty file" "$CORDON" ledger verify empty
bad "no kind" "$CORDON" ledger append l --actor a
bad "no folder" "$CORDON" ledger append no/such/l --actor a --kind k
bad "broken payload" "$CORDON" ledger append l2 --actor a --kind k --payload broken.json
bad "export without key" "$CORDON" ledger export absent --key absent.key
"$CORDON" ledger append l --actor ana --entries lines --versions '{}' >/dev/null || echo "status $?"
"$CORDON" ledger show l | wc -l
python3 - <<'PY' &
import sqlite3, time
c = sqlite3.connect("l", isolation_level=None)
c.execute("BEGIN IMMEDIATE")
open("locked", "w").close()
time.sleep(3)
PY
until [ -e locked ]; do sleep 0.05; done
bad "locked" "$CORDON" ledger append l --actor a --kind k --wait 0.1
wait
bad "disk full" with_disk 24 "$CORDON" ledger append full --actor a --kind k
bad "not an address" "$CORDON" ledger show postgresql://me:secret@127.0.0.1:1/db 2>&1 | sed 's/connection.*/connection .../'
