$CORDON screen --lists list.jsonl
