# ./dev run: builds, makes the demo business in ./patron-data when nothing is there, and serves it.

run_command() {
    build_release
    local data=patron-data sign_in=patron-data/demo-sign-in.txt
    if [ ! -d "$data" ] || [ -z "$(ls -A "$data")" ]; then
        say "making the demo business in ./$data"
        local told
        told=$(build/release/patron demo --data "$data")
        (umask 077 && printf '%s\n' "$told" >"$sign_in")
    fi
    [ ! -e "$sign_in" ] || cat "$sign_in" >&2
    say "Ctrl-C ends the server. Remove ./$data to begin again with a fresh demo."
    exec build/release/patron serve --data "$data" "$@"
}
