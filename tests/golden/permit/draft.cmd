"$CORDON" permit draft gaps.json --format text
"$CORDON" permit draft request.json --format json | sed -E 's/"versions":.*/"versions":.../'
"$CORDON" permit draft request.json | grep -c 'Northern Relief &lt;b&gt;Society&lt;/b&gt;'
