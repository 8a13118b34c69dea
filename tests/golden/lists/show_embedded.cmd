set +o pipefail
"$CORDON" lists show --embedded 2>/dev/null | grep -c "\"regime\":\[\"dprk\"\]"
