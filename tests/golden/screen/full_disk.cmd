# Nothing is said of matches that nobody can read.
$CORDON screen --lists list.jsonl queries.csv >/dev/full
