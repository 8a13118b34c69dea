# A request from the first draft to the closing; what the rules refuse on the way.
source ../bad.sh
on="--ledger p.ledger"
next() { "$@" | grep -o '"next":\[[^]]*\]'; }
bad "empty fields" "$CORDON" permit approve R-2026-001 $on --actor bo
next "$CORDON" permit open "$fixtures/gaps.json" $on --actor ana
bad "incomplete" "$CORDON" permit approve R-2026-001 $on --actor bo
bad "closing with empty fields" "$CORDON" permit close R-2026-001 $on --actor ana
next "$CORDON" permit revise R-2026-001 "$fixtures/request.json" $on --actor ana
bad "the drafter approves" "$CORDON" permit approve R-2026-001 $on --actor ANA
bad "wrong role" "$CORDON" permit approve R-2026-001 $on --actor bo --role analyst
bad "out of order" "$CORDON" permit step R-2026-001 submit --date 2026-11-25 $on --actor ana
bad "not approved" "$CORDON" permit draft --id R-2026-001 $on --send
next "$CORDON" permit approve R-2026-001 $on --actor bo
"$CORDON" permit draft --id R-2026-001 $on --send --format text | head -3
next "$CORDON" permit step R-2026-001 submit --date 2026-11-25 $on --actor ana
bad "no date" "$CORDON" permit step R-2026-001 secretary --outcome accepted $on --actor ana
next "$CORDON" permit step R-2026-001 secretary --date 2026-11-30 --outcome accepted $on --actor ana
"$CORDON" permit due $on --as-of 2026-12-04
next "$CORDON" permit step R-2026-001 decision --date 2026-12-07 --outcome granted $on --actor ana
"$CORDON" permit due $on --as-of 2027-10-10
next "$CORDON" permit step R-2026-001 letter --date 2026-12-08 --reference S/AC.49/2026/9 $on --actor ana
next "$CORDON" permit step R-2026-001 reported --date 2027-06-01 $on --actor ana
next "$CORDON" permit close R-2026-001 $on --actor ana
"$CORDON" permit status $on | grep -o '"state":"[a-z]*","closed_as":"[a-z]*"'
"$CORDON" permit verify p.ledger | grep -o '"whole":true,"entries":[0-9]*\|"breaches":.*'
echo '{"revision":2}' | "$CORDON" ledger append p.ledger --actor ana --role approver --kind permit.approve --subject permit:R-2026-001 --payload - >/dev/null
bad "a step past the rules" "$CORDON" permit verify p.ledger --output result
