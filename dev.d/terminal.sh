# What ./dev says to the person in front of it.

say() { printf '%s\n' "$*" >&2; }
fail() { say "dev: $*"; exit 1; }

# Runs a command quietly; shows the whole of what it said when it fails. quietly TITLE COMMAND…
quietly() {
    local title=$1 log begun=$SECONDS
    shift
    log=$(mktemp)
    if "$@" >"$log" 2>&1 </dev/null; then
        rm -f "$log"
        [ $((SECONDS - begun)) -lt 2 ] || say "$title ($((SECONDS - begun)) s)"
    else
        local status=$?
        say "$title: failed"
        cat "$log" >&2
        rm -f "$log"
        return "$status"
    fi
}
