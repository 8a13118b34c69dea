# Sourced by the bad_*.cmd of each verb: what a verb says and leaves behind when its input is bad.
# The case runs in an empty folder of its own that is removed at the end.
fixtures=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Prints the exit status, how much came out on stdout, and what was said on stderr. A result goes to the file
# "result": nothing may be left under that name, nor beside it, by a run that failed.
#   bad LABEL COMMAND...
bad() {
  local label=$1 status=0 before after
  shift
  before=$(find . -type f | sort)
  "$@" >"$work.out" 2>"$work.err" || status=$?
  after=$(find . -type f | sort)
  printf '%s: exit %s' "$label" "$status"
  [ -s "$work.out" ] && printf ', %s bytes on stdout' "$(wc -c <"$work.out")"
  printf '\n'
  sed 's/^/    /' "$work.err"
  if [ "$before" != "$after" ]; then
    printf '    made: %s\n' "$(comm -13 <(echo "$before") <(echo "$after") | tr '\n' ' ')"
    comm -13 <(echo "$before") <(echo "$after") | xargs -r rm -rf
  fi
  rm -f "$work.out" "$work.err"
}

# The files that no reader may accept: empty, folder/, noise, truncated.gz.
common_bad_files() {
  : >empty
  mkdir folder
  printf '\001\002\003\377\376 no format has these bytes \000\001\n%.0s' {1..20} >noise
  printf '%s\n' {1..2000} | gzip -n | head -c 900 >truncated.gz
}

# Runs a command that may use at most this many MiB of address space, and write files of at most so many KiB. The
# sanitizers reserve terabytes: for them the first limit is left out.
with_memory() {
  local mib=$1
  shift
  (
    grep -q '__[at]san_init' "$CORDON" || ulimit -v $((mib * 1024))
    "$@"
  )
}
with_disk() {
  local kib=$1
  shift
  (
    ulimit -f "$kib"
    "$@"
  )
}
