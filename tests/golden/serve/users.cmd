work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
users=$work/users
"$CORDON" serve user add ana --role analyst --users "$users" <<<"correct horse battery"
"$CORDON" serve user token nightly --role viewer --users "$users" | sed 's/[0-9a-f]\{64\}/64 digits/'
"$CORDON" serve user add ana --role approver --users "$users" <<<"another horse battery"
"$CORDON" serve user list --users "$users"
stat -c %a "$users"
"$CORDON" serve user remove ana --users "$users"
"$CORDON" serve user remove ana --users "$users" 2>&1 | sed "s|$work|FOLDER|" || true
"$CORDON" serve user list --users "$users"
