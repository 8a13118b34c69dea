#!/usr/bin/env bash
# Requests made up from /openapi.json, by schemathesis (PyPI): none may end in a 5xx, and answers have the types described.
# usage: tests/serve/schemathesis.sh PROGRAM [PORT]     skipped where schemathesis is not installed
set -euo pipefail
program=$1 port=${2:-18190}
if ! command -v schemathesis >/dev/null; then
  echo "skipped: schemathesis is not installed (pip install schemathesis)"
  exit 0
fi
"$program" serve --listen "127.0.0.1:$port" 2>/dev/null &
server=$!
trap 'kill $server; wait $server || true' EXIT
for _ in $(seq 100); do
  curl -sf "http://127.0.0.1:$port/readyz" >/dev/null && break
  sleep 0.1
done
# The stream never ends, and a reload answers 409 while one is under way.
schemathesis run "http://127.0.0.1:$port/openapi.json" --exclude-path /api/v1/stream \
  --checks not_a_server_error,content_type_conformance,response_schema_conformance \
  --max-examples "${EXAMPLES:-25}" --seed 1 --request-timeout 10
kill -0 $server
