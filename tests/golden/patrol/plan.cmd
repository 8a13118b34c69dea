work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
plan() {
  "$CORDON" patrol plan --events events.ndjson --assets assets.toml --area 28,122,33,128 --cell 20 --from 2024-02-08 --to 2024-02-11 "$@"
}
plan --output "$work/a" | sed "s:$work:WORK:"
plan --output "$work/b" >"$work/log"
cmp "$work/a/plan.json" "$work/b/plan.json" && cmp "$work/a/briefing.html" "$work/b/briefing.html" && echo 'the same bytes'
ls "$work/a"
head -c 300 "$work/a/tracks.geojson"
echo
head -5 "$work/a/tracks.gpx"
head -c 200 "$work/a/tracks.kml" | head -4
"$CORDON" patrol evaluate --plan "$work/a/plan.json" --runs 20000 --seed 7
"$CORDON" patrol update --plan "$work/a/plan.json" --not-found --output "$work/map.json" 2>&1
"$CORDON" patrol update --plan "$work/a/plan.json" --found 30.2,125.1 --events events.ndjson 2>&1 >"$work/found.json" | tail -1
"$CORDON" patrol plan --prior "$work/map.json" --assets assets.toml --from 2024-02-11 --to 2024-02-14 --output "$work/c" --detection definite | tail -3 | sed "s:$work:WORK:"
