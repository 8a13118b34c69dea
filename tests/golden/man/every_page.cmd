# Every command has a page with a name, a synopsis and options, and no line of it is an unknown request.
pages() {
  local page=$("$CORDON" man "$@")
  for section in NAME SYNOPSIS OPTIONS 'EXIT STATUS'; do
    grep -qx ".SH $section" <<<"$page" || echo "cordon $*: no section $section"
  done
  grep '^[.'"'"']' <<<"$page" | grep -vE '^\.(TH|SH|TP|B|nf|fi)( |$)' || true
  # "cordon lists show" under COMMANDS is the command "lists show".
  sed -n '/^.SH COMMANDS/,/^.SH OPTIONS/s/^\\fBcordon \(.*\)\\fR$/\1/p' <<<"$page" | while read -r command; do
    pages $command
  done
}
pages
echo done
"$CORDON" man no such
