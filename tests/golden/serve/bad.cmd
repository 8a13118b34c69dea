source ../bad.sh
common_bad_files
bad "no port" "$CORDON" serve --listen localhost
bad "no address" "$CORDON" serve --listen localhost:18181
bad "other machines, no users" "$CORDON" serve --listen 0.0.0.0:0
bad "a list that is none" "$CORDON" serve --listen 127.0.0.1:0 --lists noise
bad "a feed that is none" "$CORDON" serve --listen 127.0.0.1:0 noise
bad "no such feed" "$CORDON" serve --listen 127.0.0.1:0 missing.nmea
bad "a certificate that is none" "$CORDON" serve --listen 127.0.0.1:0 --tls-cert noise --tls-key noise
printf 'ana king x\n' >users
chmod 600 users
bad "a file of users that is none" "$CORDON" serve --listen 127.0.0.1:0 --users users
chmod 644 users
bad "users that others may read" "$CORDON" serve user list --users users
bad "no users" "$CORDON" serve --listen 127.0.0.1:0 --users nobody
bad "a short password" "$CORDON" serve user add ana --role analyst --users new <<<"short"
bad "a name that is none" "$CORDON" serve user add 'a b' --role analyst --users new <<<"long enough to do"
bad "no such role" "$CORDON" serve user add ana --role king --users new
