$CORDON screen --lists list.jsonl --name 김정은 --birth-date 1984-01-08 --exit-code
