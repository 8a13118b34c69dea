"$CORDON" permit check request.json --format text
"$CORDON" permit check gaps.json --exit-code
