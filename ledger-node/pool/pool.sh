#!/usr/bin/env bash
# Four nodes of a real Indy pool on this machine. INSTALLED is the folder that install.sh filled, FOLDER where the nodes keep their data.
#   pool.sh create INSTALLED FOLDER PORT    keys and genesis; nodes take the nine ports from PORT
#   pool.sh start INSTALLED FOLDER [NODE…]  all nodes, or some of Node1 Node2 Node3 Node4
#   pool.sh stop FOLDER [NODE…]             orderly
#   pool.sh kill FOLDER [NODE…]             kill -9
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

python() { LD_LIBRARY_PATH=$installed/venv/lib "$installed/venv/bin/python" "$here/pool.py" "$@"; }

# Ends only what was started here: the process must still be this pool's.
end() {
  local signal=$1 node pid
  shift
  for node in "$@"; do
    [ -e "$folder/pids/$node" ] || continue
    pid=$(cat "$folder/pids/$node")
    if tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "pool.py run $folder "; then
      kill "-$signal" "$pid"
      for _ in $(seq 100); do
        [ -e "/proc/$pid" ] || break
        sleep 0.1
      done
    fi
    rm -f "$folder/pids/$node"
  done
}

case "${1:-}" in
  create)
    installed=$(cd "$2" && pwd)
    mkdir -p "$3"
    folder=$(cd "$3" && pwd)
    [ ! -e "$folder/trustee.json" ] || { echo "there is a pool in $folder already" >&2; exit 1; }
    python genesis "$folder" "$4" >"$folder/genesis.log" 2>&1 || { tail -5 "$folder/genesis.log" >&2; exit 1; }
    echo "$4" >"$folder/port"
    cp "$folder/lib/sandbox/pool_transactions_genesis" "$folder/genesis.txn"
    echo "clients need $folder/genesis.txn; the trustee's key is in $folder/trustee.json"
    ;;
  start)
    installed=$(cd "$2" && pwd)
    folder=$(cd "$3" && pwd)
    shift 3
    mkdir -p "$folder/pids" "$folder/out"
    for node in ${@:-Node1 Node2 Node3 Node4}; do
      LD_LIBRARY_PATH=$installed/venv/lib setsid nohup "$installed/venv/bin/python" "$here/pool.py" \
        run "$folder" "$(cat "$folder/port")" "$node" >"$folder/out/$node" 2>&1 </dev/null &
      echo $! >"$folder/pids/$node"
    done
    ;;
  stop | kill)
    signal=$([ "$1" = kill ] && echo KILL || echo TERM)
    folder=$(cd "$2" && pwd)
    shift 2
    # shellcheck disable=SC2046
    end "$signal" ${@:-Node1 Node2 Node3 Node4}
    ;;
  *)
    sed -n '2,7p' "${BASH_SOURCE[0]}" | cut -c3- >&2
    exit 2
    ;;
esac
