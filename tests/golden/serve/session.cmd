# Started, asked, read again, ended: what a user sees on stderr, and that the exit is clean.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$CORDON" serve --listen 127.0.0.1:0 2>"$work/log" &
server=$!
for _ in $(seq 200); do grep -q listening "$work/log" && break; sleep 0.05; done
url=$(sed -n 's|.*listening on \(http://[^/]*\)/.*|\1|p' "$work/log")
python3 - "$url" <<'PY'
import json, sys, urllib.request
url = sys.argv[1]
body = json.dumps({"queries": [{"id": "1", "schema": "Vessel", "name": "CHON MYONG 1"}]}).encode()
with urllib.request.urlopen(urllib.request.Request(url + "/api/v1/screen", body)) as answer:
    for hit in json.load(answer)["answers"][0]["hits"][:1]:
        print(hit["caption"], hit["match"], hit["reasons"])
with urllib.request.urlopen(url + "/docs") as page:
    print(page.headers["Content-Security-Policy"])
PY
kill -HUP $server
for _ in $(seq 200); do grep -q again "$work/log" && break; sleep 0.05; done
kill -TERM $server
wait $server && echo "exit 0"
sed 's/:[0-9]*\/$/:PORT\//' "$work/log"
