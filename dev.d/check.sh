# ./dev check: layout and lints; each is a script in tests/lints that says what is wrong and where, and exits 1.

check_command() {
    install_for "${format_packages[@]}"
    local passed=0 failed=0 lint
    for lint in tests/lints/*; do
        if "$lint"; then
            say "ok    $(basename "$lint")"
            passed=$((passed + 1))
        else
            say "wrong $(basename "$lint")"
            failed=$((failed + 1))
        fi
    done
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
