# Run by https_server.py: every answer a publisher may give, good and bad.
masked() { sed -E "s#$BASE#https://HOST#g; s#$T#T#g; s#[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z#TIME#g; s#/[0-9]{4}-[0-9]{2}-[0-9]{2}-#/DAY-#g"; }
update() {
  local way=$1
  shift
  echo "== $way $*"
  local status=0
  "$CORDON" lists update --sources update_sources.json --base-url "$BASE$way" --ca-file "$CA" --to "$T/lists" "$@" \
    >"$T/out" 2>"$T/err" || status=$?
  masked <"$T/out"
  masked <"$T/err" | sed 's/^/err: /'
  echo "status $status"
}
state() { (cd "$T" && find lists -type f | sort | while read -r f; do echo "$f $(sha256sum <"$f" | cut -c1-12)"; done) | grep -v manifest | masked; }

cp un_old.xml "$T/site/un_sc.xml"
update "" --dry-run
update ""
state
update ""                     # asks with the tag: 304
cp un_new.xml "$T/site/un_sc.xml"
for way in /cut /short /loop /plain /error /bomb; do update $way; done
update /hang --timeout 2
state
echo '<html><body>Access to this page has been denied.</body></html>' >"$T/site/un_sc.xml"
update ""
python3 - "$T/site/bodies.xml" <<'P'
import sys
entity = "<ENTITY><FIRST_NAME>BODY {0}</FIRST_NAME><REFERENCE_NUMBER>KPe.{0}</REFERENCE_NUMBER></ENTITY>"
open(sys.argv[1], "w").write("<CONSOLIDATED_LIST dateGenerated='2026-01-01'><ENTITIES>" + "".join(
    entity.format(i) for i in range(60)) + "</ENTITIES></CONSOLIDATED_LIST>")
P
update "" bodies
python3 - "$T/site/bodies.xml" <<'P'
import sys
entity = "<ENTITY><FIRST_NAME>BODY {0}</FIRST_NAME><REFERENCE_NUMBER>KPe.{0}</REFERENCE_NUMBER></ENTITY>"
open(sys.argv[1], "w").write("<CONSOLIDATED_LIST dateGenerated='2026-02-01'><ENTITIES>" + "".join(
    entity.format(i) for i in range(9)) + "</ENTITIES></CONSOLIDATED_LIST>")
P
update "" bodies
update "" bodies --accept-shrink
cp un_new.xml "$T/site/un_sc.xml"
( trap '' XFSZ; ulimit -f 1; update "" )   # no file beyond 1 KiB: a disk that is full
update /redirect
state
update "" nobody
echo "== the system's certificates do not know this server"
{ "$CORDON" lists update --sources update_sources.json --base-url "$BASE" --to "$T/lists" 2>&1 >/dev/null || true; } |
  masked | sed 's/ (.*//'
"$CORDON" lists versions "$T/lists" | masked
"$CORDON" lists diff "$T"/lists/history/bodies/*.xml --format table 2>/dev/null | wc -l
masked <"$T/lists/manifest.json" | sed -E 's/"etag":"[^,]*/"etag":TAG/'
