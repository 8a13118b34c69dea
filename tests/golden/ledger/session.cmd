# Entries, what they look like, that they verify; times, hashes and ids differ in each run.
source ../bad.sh
plain() { sed -E 's/[0-9a-f]{64}/HASH/g; s/[0-9a-f]{32}/ID/g; s/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z/TIME/g'; }
echo '{"verdict":"listed","score":0.97}' | "$CORDON" ledger append l --actor ana --kind screen.hit --subject imo:9187629 --payload - --versions '{"lists":{"un_sc":"2026-02-27"}}' | plain
printf '%s\n' '{"kind":"note","payload":{"b":1,"a":"caf\u00e9"}}' '{"kind":"note","subject":"x","actor":"bo"}' | "$CORDON" ledger append l --actor ana --entries - --versions '{}' | plain
"$CORDON" ledger show l | plain
"$CORDON" ledger show l --actor bo --format table | plain
"$CORDON" ledger verify l | plain
"$CORDON" ledger key key >/dev/null
stat -c '%a %n' key
for form in json csv html; do
  "$CORDON" ledger export l --key key --format $form -o copy.$form
  "$CORDON" ledger verify copy.$form --public key.pub | grep -o '"signature":true,"body":true'
done
"$CORDON" ledger verify l --against copy.json --public key.pub | plain
