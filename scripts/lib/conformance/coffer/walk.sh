#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Coffer's own command line as a script uses it, without a terminal and with shares on standard input: from init to seal
# against the fresh vault at VAULT_ADDR, which listens with legacy_ceremonies at LEGACY_ADDR too; and the ceremonies of
# old in development mode, at DEV_ADDR with the one share DEV_SHARE. It reads what scripts for Vault's command line read.
set -eu
coffer=${0%/*}/../../../coffer
HOME=$(mktemp -d)
export HOME
trap 'rm -rf "$HOME"' EXIT
steps=0

step() {
    steps=$((steps + 1))
    echo "  $*"
}

fail() {
    echo "$*"
    exit 1
}

operator() {
    "$coffer" operator "$@"
}

# nobody COMMAND…: without a token.
nobody() {
    (unset VAULT_TOKEN && "$@")
}

# row NAME TABLE: the value in the line that begins with this name.
row() {
    printf '%s\n' "$2" | sed -n "s/^$1  *//p" | head -n 1
}

# handed SHARES COMMAND…: hands in one share after the other, until that was enough; prints the last answer.
handed() {
    given=$1
    shift
    for share in $given; do
        answer=$(printf '%s' "$share" | "$@" -) || fail "$*: $answer"
    done
    printf '%s\n' "$answer"
}

first() {
    printf '%s\n' "$1" | tr ' ' '\n' | head -n "$2" | tr '\n' ' '
}

# rekey SHARES COUNT THRESHOLD: leaves the new ones in `shares`.
rekey() {
    step "rekey -init, -status, -cancel"
    begun=$(operator rekey -init -key-shares="$2" -key-threshold="$3")
    [ "$(row Started "$(operator rekey -status)")" = true ] || fail "it has not begun: $begun"
    operator rekey -cancel
    step "rekey with each share gives the new ones"
    begun=$(operator rekey -init -key-shares="$2" -key-threshold="$3")
    made=$(handed "$1" operator rekey -nonce="$(row Nonce "$begun")")
    shares=$(printf '%s\n' "$made" | sed -n 's/^Key [0-9]*: //p' | tr '\n' ' ')
    [ "$(printf '%s' "$shares" | wc -w)" -eq "$2" ] || fail "new shares: $made"
}

generate_root() {
    step "generate-root -init, -cancel"
    operator generate-root -init >/dev/null
    operator generate-root -cancel
    step "generate-root with each share, decoded, is a root token"
    begun=$(operator generate-root -init)
    done=$(handed "$1" operator generate-root -nonce="$(row Nonce "$begun")")
    token=$(row 'Encoded Token' "$done" | operator generate-root -decode=- -otp="$(row OTP "$begun")")
    policies=$(VAULT_TOKEN=$token "$coffer" token lookup -format=json | tr -d ' \n')
    case $policies in
        *'"policies":["root"]'*) ;;
        *) fail "what was decoded is no root token" ;;
    esac
}

step "operator init"
made=$(operator init -key-shares=5 -key-threshold=3)
shares=$(printf '%s\n' "$made" | sed -n 's/^Unseal Key [0-9]*: //p' | tr '\n' ' ')
VAULT_TOKEN=$(printf '%s\n' "$made" | sed -n 's/^Initial Root Token: //p')
export VAULT_TOKEN
step "operator unseal"
handed "$(first "$shares" 3)" operator unseal >/dev/null
"$coffer" status >/dev/null || fail "it is not unsealed"
"$coffer" secrets enable -path=secret kv-v2
"$coffer" kv put secret/app left='for the end' >/dev/null

step "operator rotate counts up in key-status"
before=$(row 'Key Term' "$(operator key-status)")
operator rotate >/dev/null
[ "$(row 'Key Term' "$(operator key-status)")" -eq $((before + 1)) ] || fail "the term is not $before + 1"

rekey "$(first "$shares" 3)" 4 2
generate_root "$(first "$shares" 2)"
step "without a token nothing begins on a listener without legacy_ceremonies"
! nobody operator rekey -init -key-shares=1 -key-threshold=1 2>/dev/null || fail "a rekey has begun"
! nobody operator generate-root -init 2>/dev/null || fail "a root generation has begun"
kept_token=$VAULT_TOKEN ordinary=$VAULT_ADDR
unset VAULT_TOKEN
VAULT_ADDR=$LEGACY_ADDR
rekey "$(first "$shares" 2)" 5 3
generate_root "$(first "$shares" 3)"
VAULT_ADDR=$DEV_ADDR
kept=$shares
rekey "$DEV_SHARE" 3 2
generate_root "$(first "$shares" 2)"
shares=$kept VAULT_ADDR=$ordinary VAULT_TOKEN=$kept_token
export VAULT_TOKEN
step "operator seal; three other shares open it again, and what was written is there"
operator seal
handed "$(first "$(printf '%s' "$shares" | cut -d ' ' -f 3-)" 3)" operator unseal >/dev/null
[ "$("$coffer" kv get -field=left secret/app)" = 'for the end' ] || fail "the secret is gone"
operator seal
echo "$steps steps"
