$CORDON screen --lists list.jsonl queries.csv --format csv
