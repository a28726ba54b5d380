# SPDX-License-Identifier: Apache-2.0
# A daemon for a check: over a store of its own in a temporary directory, on a port that is free. Sourced, after
# tools.sh, by scripts that set `root`; they stop it in their trap.

# The process ids of those that run.
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
    run_daemon "$1/daemon.log" -config="$1/coffer.hcl" || return 1
    VAULT_ADDR=http://$(grep -o '127\.0\.0\.1:[1-9][0-9]*' "$1/daemon.log" | tail -n 1)
    export VAULT_ADDR
}

# start_dev_daemon ROOM: in development mode, beside the other; exports DEV_ADDR and DEV_SHARE, its one share.
start_dev_daemon() {
    run_daemon "$1/dev.log" -dev -dev-listen-address=127.0.0.1:0 -dev-no-store-token || return 1
    until DEV_SHARE=$(sed -n 's/^Unseal Key: //p' "$1/dev.log") && [ -n "$DEV_SHARE" ]; do
        kill -0 "${daemon##* }" || return 1
        sleep 0.1
    done
    DEV_ADDR=http://$(grep -o '127\.0\.0\.1:[1-9][0-9]*' "$1/dev.log" | head -n 1)
    export DEV_ADDR DEV_SHARE
}

# run_daemon LOG ARGUMENT…: and waits until it listens.
run_daemon() {
    log=$1
    shift
    : >"$log"
    "$root/scripts/coffer" server "$@" >"$log" 2>&1 &
    daemon="$daemon $!"
    tries=0
    until grep -q '127\.0\.0\.1:[1-9]' "$log"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 600 ] || ! kill -0 "${daemon##* }" 2>/dev/null; then
            cat "$log" >&2
            say "the daemon did not start"
            return 1
        fi
        sleep 0.1
    done
}

# stop_daemon SIGNAL: all that run, and waits until they have ended.
stop_daemon() {
    for pid in $daemon; do
        kill "-$1" "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    daemon=
}
