# The page asks the network for nothing, holds no absolute path, and is the same twice.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
$CORDON posture compare --built-in canada_alone --runs 100 --output "$folder/a" --format ndjson 2>/dev/null | cut -d, -f1,2
CORDON_THREADS=1 $CORDON posture compare --built-in canada_alone --runs 100 --output "$folder/b" --format ndjson >/dev/null 2>&1
cmp "$folder/a/report.html" "$folder/b/report.html"
cmp "$folder/a/posture.json" "$folder/b/posture.json"
ls "$folder/a"
grep -Eo '(https?:)?//[a-z0-9.]+' "$folder/a/report.html" | sort -u
