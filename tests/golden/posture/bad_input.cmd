source ../bad.sh
common_bad_files
head='format = "cordon-posture/1"\nname = "x"\nextends = "canada_alone"\n'
printf "$head"'[asset.ca_frigate]\nweeks = ["60-61"]\n' >weeks.toml
printf "$head"'[smugglers]\nfleet = { value = 24, unit = "ships" }\n' >no_source.toml
printf "$head"'[patrol]\n' >unknown.toml
printf "$head"'[smugglers]\nfleet = { value = 1e999, unit = "ships", assumed = "x" }\n' >infinite.toml
printf 'format = "cordon-posture/1"\nname = "x"\n' >short.toml
printf 'format = "cordon-posture/1"\nname = "x"\nextends = "circle.toml"\n' >circle.toml
printf 'format = "cordon-posture/1"\nname = "x"\nextends = "../../etc/passwd"\n' >outside.toml
{ printf 'a = '; head -c 100000 /dev/zero | tr '\0' '['; } >deep.toml
for file in empty noise truncated.gz; do cp $file $file.toml; done
mkdir folder.toml
compare() { with_memory 1500 "$CORDON" posture compare "$@" --runs 100 --quick --format csv; }
for file in missing empty noise truncated.gz folder weeks no_source unknown infinite short circle outside deep; do
  bad "$file" compare $file.toml
done
bad "no such posture" compare nobody
bad "twice" compare canada_alone --built-in canada_alone
bad "baseline" compare canada_alone --baseline nobody
bad "runs" "$CORDON" posture compare --runs 5
bad "output is a file" compare canada_alone --output empty
bad "stdout on a full disk" bash -c '"$CORDON" posture compare canada_alone --runs 100 --quick --format csv >/dev/full'
