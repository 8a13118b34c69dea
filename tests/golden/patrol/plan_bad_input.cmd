fixtures=$PWD
source ../bad.sh
common_bad_files
cp "$fixtures/assets.toml" "$fixtures/events.ndjson" .
plan() { with_memory 1500 "$CORDON" patrol plan --assets assets.toml --area 28,122,33,128 --cell 20 --from 2024-02-08 --to 2024-02-11 -o out.d "$@"; }
other() { with_memory 1500 "$CORDON" patrol plan --from 2024-02-08 --to 2024-02-11 -o out.d "$@"; }
for file in missing empty folder noise truncated.gz; do
  bad "assets $file" other --area 28,122,33,128 --assets "$file"
  bad "area $file" other --assets assets.toml --area "$file"
  bad "prior $file" other --assets assets.toml --prior "$file"
  bad "evaluate $file" "$CORDON" patrol evaluate --plan "$file" -o result
  bad "update $file" "$CORDON" patrol update --plan "$file" --not-found -o result
done
for file in missing folder noise truncated.gz; do
  bad "events $file" plan --events "$file"
  bad "targets $file" plan --targets "$file"
  bad "sites $file" plan --sites "$file"
  bad "settings $file" plan --prior-settings "$file"
  bad "no-go $file" plan --no-go "$file"
done
bad "an area on land" other --assets assets.toml --area 40,100,44,105
bad "an area that is none" other --assets assets.toml --area 5,5,1,1
period() { "$CORDON" patrol plan --assets assets.toml --area 28,122,33,128 --from 2024-02-08 --to "$1" -o out.d; }
bad "a period that is none" period 2024-02-01
bad "a day that is none" period 2024-02-31
bad "a period of a year" period 2025-02-08
bad "cells too small" other --assets assets.toml --area 28,122,33,128 --cell 0.5
bad "motion with another law" plan --motion 3 --detection definite
bad "neither area nor prior" other --assets assets.toml
printf '[[asset]]\nname = "a"\ntype = "balloon"\n' >balloon.toml
bad "a type that is none" other --area 28,122,33,128 --assets balloon.toml
