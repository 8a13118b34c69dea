folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$CORDON" watch ../detect/meeting.csv --registry registry.csv --ownership ownership.csv --output "$folder" 2>&1 | sed "s#$folder#OUT#"
