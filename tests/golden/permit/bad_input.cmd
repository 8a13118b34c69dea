source ../bad.sh
common_bad_files
echo '{"kind":"visa"}' >unknown_kind.json
echo '{"kind":"CA-CERT","date":"soon"}' >date.json
echo '{"kind":' >broken.json
echo '{"kind":"CA-CERT","kind":"ACAD"}' >twice.json
bad "unknown kind" "$CORDON" permit check unknown_kind.json
bad "date" "$CORDON" permit check date.json
bad "broken" "$CORDON" permit check broken.json
bad "twice" "$CORDON" permit check twice.json
bad "absent" "$CORDON" permit check absent.json
bad "empty" "$CORDON" permit check empty
bad "noise" "$CORDON" permit draft noise --output result
bad "folder" "$CORDON" permit check folder
bad "no such kind" "$CORDON" permit kinds visa
bad "no ledger" "$CORDON" permit status --ledger absent.ledger
bad "no request" "$CORDON" permit open absent.json --ledger new.ledger
bad "disk full" with_disk 24 "$CORDON" permit open "$fixtures/request.json" --ledger new.ledger --actor ana
bad "as of" "$CORDON" permit due --ledger absent.ledger --as-of soon
bad "nothing to draft" "$CORDON" permit draft
