$CORDON screen --lists list.jsonl --name KOMID --with-versions
