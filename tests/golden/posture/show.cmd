$CORDON posture show own.toml | head -40
