# Without DuckDB's library one line says how to get it; pipes and streams cannot be Parquet, with or without.
export CORDON_DUCKDB=/none
printf 'PAR1\025\004\025' >magic.parquet
try() { "$CORDON" "$@" 2>&1 || echo "status $?"; }
try detect magic.parquet
try compare magic.parquet
try detect meeting.csv --format geoparquet -o events.parquet
try ais decode meeting.csv --format parquet -o positions.parquet
cat magic.parquet | try detect -
try detect meeting.csv --format parquet --stream
rm magic.parquet
ls -- *.parquet 2>/dev/null || true
