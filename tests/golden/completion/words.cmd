# The script is loaded as a user would and asked what it proposes after some words.
source <("$CORDON" completion bash)
ask() {
  COMP_WORDS=(cordon "$@") COMP_CWORD=$# COMPREPLY=()
  _cordon
  printf '%s ->' "$*"
  printf ' %s' "${COMPREPLY[@]}"
  printf '\n'
}
ask comp
ask lists ''
ask lists show --form
ask lists show --format ''
ask lists show -o words.cm
ask ais dec
ask ais decode --uns
ask completion ''
"$CORDON" completion zsh | head -1
# Every verb that --help names is proposed.
ask '' | tr ' ' '\n' | sort >"${TMPDIR:-/tmp}/verbs.$$"
"$CORDON" --help | sed -n '/^Subcommands:/,$s/^  \([a-z]*\) .*/\1/p' | while read -r verb; do
  grep -qx "$verb" "${TMPDIR:-/tmp}/verbs.$$" || echo "not proposed: $verb"
done
rm -f "${TMPDIR:-/tmp}/verbs.$$"
