python3 https_server.py bash -euo pipefail update.sh
