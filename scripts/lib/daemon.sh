# SPDX-License-Identifier: Apache-2.0
# A daemon for a check: over a store of its own in a temporary directory, on a port that is free. Sourced, after
# tools.sh, by scripts that set `root`; they stop it in their trap.

daemon=

# start_daemon ROOM [CONFIGURATION]: the store is ROOM/data, the output ROOM/daemon.log; exports VAULT_ADDR. May be called
# again over the same room. At most 60 s, a first build apart.
start_daemon() {
    cat >"$1/coffer.hcl" <<END
disable_mlock = true
storage "rocksdb" { path = "$1/data" }
listener "tcp" {
  address     = "127.0.0.1:0"
  tls_disable = true
}
${2:-}
END
    "$root/scripts/coffer" server -config="$1/coffer.hcl" >"$1/daemon.log" 2>&1 &
    daemon=$!
    tries=0
    until grep -q '127\.0\.0\.1:[1-9]' "$1/daemon.log"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 600 ] || ! kill -0 "$daemon" 2>/dev/null; then
            cat "$1/daemon.log" >&2
            say "the daemon did not start"
            return 1
        fi
        sleep 0.1
    done
    VAULT_ADDR=http://$(grep -o '127\.0\.0\.1:[1-9][0-9]*' "$1/daemon.log" | tail -n 1)
    export VAULT_ADDR
}

# stop_daemon SIGNAL: and waits until it has ended. Nothing where none runs.
stop_daemon() {
    [ -n "$daemon" ] || return 0
    kill "-$1" "$daemon" 2>/dev/null
    wait "$daemon" 2>/dev/null
    daemon=
}
