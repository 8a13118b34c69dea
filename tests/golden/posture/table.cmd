$CORDON posture compare canada_alone own.toml --runs 200 --seed 3 --quick --format table
