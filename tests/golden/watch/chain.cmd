folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$CORDON" watch ../detect/meeting.csv --registry registry.csv --ownership ownership.csv --output "$folder" >/dev/null 2>&1
python3 - "$folder" <<'PY'
import json, sys
for line in open(sys.argv[1] + "/targets.ndjson"):
    d = json.loads(line)
    print(d["rank"], d["id"], d["identity"]["name"], d["score"])
    for e in d["evidence"]:
        print("  ", e["kind"], e["points"], e["statement"])
    for c in d["chains"]:
        print("   chain", [s["kind"] + " " + s.get("share", "") + " by " + s["from"]["name"] for s in c["steps"]], c["listed"]["entity_ids"], {v["rule"]: v["verdict"] for v in c["verdicts"]})
    for p in d["law"]:
        print("   law", p["situation"], "|", p["jurisdiction"], p["verdict"], [b["citation"] + ("" if b["paragraph_verified"] else " (number not verified)") for b in p["basis"]])
    for u in d["unknown"]:
        print("   unknown", u)
html = open(sys.argv[1] + "/report.html").read()
print("report", "Content-Security-Policy" in html, "/*DATA*/" in html, "http://" in html.replace("http://www.w3.org/2000/svg", ""))
PY
