$CORDON posture compare --built-in canada_alone,with_united_states own.toml --runs 200 --quick --format csv
