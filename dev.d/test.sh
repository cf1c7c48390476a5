# ./dev test: every test there is. Each stage is one runner; what they counted is added up, and the last line says it.

. dev.d/postgres.sh

logs=$root/build/test
passed=0 failed=0 skipped=0
filter='' long=no scratch=''

test_command() {
    local argument
    for argument in "$@"; do
        case $argument in
            --long) long=yes ;;
            -*) fail "test takes --long and a filter" ;;
            *) filter=$argument ;;
        esac
    done
    rm -rf "$logs"
    mkdir -p "$logs/processes"
    scratch=$(mktemp -d)
    chmod 755 "$scratch"
    export PATRON_TEST_PROCESSES=$logs/processes PATRON_TEST_LONG=$long PATRON_PROGRAM=$root/build/release/patron
    trap end_everything EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    if prepare && start_postgres; then
        unit_stage release
        checks_stage
        workspace_stage
        black_box_stage
        browser_stage
        if [ "$long" = no ]; then fuzz_stage 60; else long_stages; fi
    else
        count "build and start" 0 1
    fi
    [ "$skipped" -eq 0 ] || say "skipped: $skipped"
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

end_everything() {
    local status=$? file pid
    trap - EXIT INT TERM
    for file in "$logs"/processes/*; do
        [ -e "$file" ] || continue
        pid=$(basename "$file")
        case $(readlink "/proc/$pid/exe" 2>/dev/null) in
            "$root"/build/*/patron*) kill -KILL "$pid" 2>/dev/null || true ;;
        esac
    done
    [ -z "$scratch" ] || rm -rf "$scratch"
    stop_postgres
    exit "$status"
}

# Installs and builds all that the stages run. Called in a condition, so it hands failures on itself.
prepare() {
    install_all || return 1
    build_web || return 1
    compile release patron || return 1
    local -a tests
    mapfile -t tests < <(unit_tests release)
    [ "${#tests[@]}" -eq 0 ] || compile release "${tests[@]}" || return 1
}

# count TITLE PASSED FAILED [SKIPPED]: adds a stage's numbers up and says them.
count() {
    passed=$((passed + $2))
    failed=$((failed + $3))
    skipped=$((skipped + ${4:-0}))
    say "$(printf '%-34s %6d passed %5d failed %5d s' "$1" "$2" "$3" $((SECONDS - stage_begun)))"
    stage_begun=$SECONDS
}
stage_begun=$SECONDS

matches() { [ -z "$filter" ] || [[ "$1" == *"$filter"* ]]; }

# single TITLE COMMAND…: one check, counted as one test.
single() {
    local title=$1 log="$logs/${1//[^a-z0-9]/-}.log"
    shift
    matches "$title" || return 0
    if timeout --kill-after=10 900 "$@" >"$log" 2>&1 </dev/null; then
        count "$title" 1 0
    else
        tail -n 200 "$log" >&2
        count "$title" 0 1
    fi
}

# runner TITLE KIND FILE STATUS LOG: reads a runner's own report. One that crashed counts as a failure whatever it had counted.
runner() {
    local title=$1 kind=$2 file=$3 status=$4 log=$5 good bad left
    if ! read -r good bad left < <(node tests/support/counts.ts "$kind" "$file"); then good=0 bad=0 left=0; fi
    if [ -n "$filter" ] && [ $((status + good + bad + left)) -eq 0 ]; then return 0; fi
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        say "$title ended with status $status"
        bad=1
    fi
    [ "$bad" -eq 0 ] || tail -n 400 "$log" >&2
    count "$title" "$good" "$bad" "$left"
}

# unit_stage BUILD: the C++ tests of that build.
unit_stage() {
    local build=$1 name status log report
    while read -r name; do
        log="$logs/$build-$name.log" report="$logs/$build-$name.json" status=0
        ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=halt_on_error=1 \
            timeout --kill-after=10 900 "build/$build/$name" --gtest_brief=1 --gtest_color=no --gtest_output="json:$report" \
            ${filter:+"--gtest_filter=*$filter*"} >"$log" 2>&1 </dev/null || status=$?
        runner "$build $name" gtest "$report" "$status" "$log"
    done < <(unit_tests "$build")
}

checks_stage() {
    local lint
    for lint in tests/lints/*; do
        single "lint $(basename "${lint%.*}")" "$lint"
    done
    single "types of the tests" node web/node_modules/typescript7/bin/tsc --noEmit -p tests
    single "api document" dev.d/api-document.sh
}

workspace_stage() {
    (
        cd web || exit
        for name in lint check size; do
            ! npm pkg get "scripts.$name" | grep -q '"' || echo "$name"
        done
    ) >"$logs/scripts"
    local name status=0
    while read -r name; do
        single "workspace $name" npm --prefix web run "$name"
    done <"$logs/scripts"
    (cd web && timeout --kill-after=10 900 npm exec -- vitest run --passWithNoTests --reporter=default --reporter=json \
        --outputFile="$logs/vitest.json" ${filter:+"$filter"}) >"$logs/vitest.log" 2>&1 </dev/null || status=$?
    runner "workspace units" vitest "$logs/vitest.json" "$status" "$logs/vitest.log"
}

black_box_stage() {
    local -a files
    mapfile -t files < <(find tests -name node_modules -prune -o -name '*.test.ts' -print | LC_ALL=C sort | { [ -z "$filter" ] && cat || grep -- "$filter" || true; })
    black_box "black box" "${files[@]}"
}

# black_box TITLE FILE…: the running program seen from outside, each file on both databases.
black_box() {
    local title=$1 log="$logs/${1// /-}.log" report="$logs/${1// /-}.json" status=0
    shift
    [ $# -gt 0 ] || return 0
    # What a sanitizer watches takes its time: too late is no finding there.
    local whole=3000 each=600000
    [ "$long" = no ] || whole=14400 each=3600000
    TMPDIR=$scratch PATRON_TEST_COUNTS=$report UBSAN_OPTIONS=print_stacktrace=1 timeout --kill-after=10 "$whole" \
        node --no-warnings --test --test-concurrency=2 --test-timeout="$each" --test-reporter=./tests/support/reporter.ts --test-reporter-destination=stdout "$@" >"$log" 2>&1 </dev/null || status=$?
    runner "$title" node "$report" "$status" "$log"
}

browser_stage() {
    [ -e web/playwright.config.ts ] || return 0
    local log=$logs/browser.log report=$logs/browser.json status=0 pid
    if [ -n "$filter" ] && ! find web/e2e -name '*.spec.ts' | grep -q -- "$filter"; then return 0; fi
    if ! serve_demo; then
        cat "$logs/browser-server.log" >&2
        count "browser" 0 1
        return 0
    fi
    (cd web && PLAYWRIGHT_JSON_OUTPUT_NAME=$report timeout --kill-after=10 1500 npm exec -- playwright test \
        --reporter=line,json ${filter:+"$filter"}) >"$log" 2>&1 </dev/null || status=$?
    runner "browser" playwright "$report" "$status" "$log"
    kill "$browser_server" 2>/dev/null || true
    wait "$browser_server" 2>/dev/null || true
}

# A server with the demo business, and a second, empty one of the same owner; sets PATRON_URL, PATRON_EMAIL, PATRON_PASSWORD
# and PATRON_SECOND, its short name, for the browser tests.
serve_demo() {
    local log=$logs/browser-server.log told
    told=$("$PATRON_PROGRAM" demo --data "$scratch/demo" 2>"$log") || return 1
    printf '%s\n' "$told" >>"$log"
    PATRON_EMAIL=$(grep -oE '[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+[A-Za-z0-9]' <<<"$told" | head -n 1)
    PATRON_PASSWORD=$(sed -nE 's/.*[Pp]assword[: ]+(.*)$/\1/p' <<<"$told" | head -n 1)
    PATRON_SECOND=second
    printf '%s\n' "$PATRON_PASSWORD" | "$PATRON_PROGRAM" business add "$PATRON_SECOND" --data "$scratch/demo" --name Second \
        --owner-email "$PATRON_EMAIL" --owner-name Owner --password-stdin >>"$log" 2>&1 || return 1
    "$PATRON_PROGRAM" serve --data "$scratch/demo" --listen 127.0.0.1:0 >>"$log" 2>&1 </dev/null &
    browser_server=$!
    : >"$PATRON_TEST_PROCESSES/$browser_server"
    for _ in $(seq 100); do
        PATRON_URL=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$log" | tail -n 1 || true)
        [ -z "$PATRON_URL" ] || break
        kill -0 "$browser_server" 2>/dev/null || return 1
        sleep 0.1
    done
    export PATRON_URL PATRON_EMAIL PATRON_PASSWORD PATRON_SECOND
    [ -n "$PATRON_URL" ] && [ -n "$PATRON_EMAIL" ] && [ -n "$PATRON_PASSWORD" ]
}

# What takes longer than a submission should: races, the sanitized program under the whole suite, half an hour of fuzzing.
long_stages() {
    compile sanitize && compile threads || { count "long builds" 0 1; return 0; }
    unit_stage sanitize
    unit_stage threads
    local -a files
    mapfile -t files < <(find tests -name node_modules -prune -o -name '*.test.ts' -print | LC_ALL=C sort)
    # Watched, everything takes many times as long: the ordinary sizes will do, but for the one test made for it.
    PATRON_TEST_LONG=no PATRON_PROGRAM=$root/build/sanitize/patron black_box "black box sanitized" "${files[@]}"
    PATRON_TEST_LONG=no PATRON_PROGRAM=$root/build/threads/patron black_box "black box races" "${files[@]}"
    PATRON_PROGRAM=$root/build/threads/patron black_box "everything at once, races" tests/crash/together.test.ts
    faults_stage
    fuzz_stage 1800
}

# The program with faults in its checks of rights, each asleep until it is woken: the tests have to find every one.
faults_stage() {
    local log=$logs/faults.log
    matches faults || return 0
    if node tests/faults/plant.ts build/faults/source >"$log" &&
        cmake -S build/faults/source -B build/faults/build -G Ninja -DCMAKE_BUILD_TYPE=Release -DPATRON_DEPS="$root/.deps" >>"$log" 2>&1 &&
        ninja -C build/faults/build -j"$(nproc)" patron >>"$log" 2>&1 &&
        TMPDIR=$scratch timeout --kill-after=10 7200 node --no-warnings tests/faults/run.ts build/faults/build/patron >>"$log" 2>&1; then
        count "faults in the checks of rights" "$(grep -c '^good' "$log")" 0
    else
        tail -n 60 "$log" >&2
        count "faults in the checks of rights" "$(grep -c '^good' "$log")" "$(($(grep -c '^WRONG' "$log") + 1))"
    fi
}

# fuzz_stage SECONDS: each target tries its corpus again and then that long what it makes of it, two at a time. A target is
# one test; the input that it failed on is in build/test, and belongs into tests/corpus when it is mended.
fuzz_stage() {
    local seconds=$1 name good=0 bad=0
    local -a targets=()
    while read -r name; do matches "$name" && targets+=("$name"); done < <(fuzz_targets)
    [ "${#targets[@]}" -gt 0 ] || return 0
    compile fuzz "${targets[@]}" || { count "fuzz" 0 1; return 0; }
    for name in "${targets[@]}"; do
        while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n || true; done
        fuzz "$name" "$seconds" &
    done
    wait
    for name in "${targets[@]}"; do
        if [ "$(cat "$logs/$name.status")" = 0 ]; then
            good=$((good + 1))
        else
            tail -n 60 "$logs/$name.log" >&2
            bad=$((bad + 1))
        fi
    done
    count "fuzz, $seconds s each" "$good" "$bad"
}

fuzz() {
    local name=$1 seconds=$2 status=0
    mkdir -p "$logs/$name.found" "$logs/$name.failed"
    ASAN_OPTIONS=external_symbolizer_path=/usr/bin/addr2line timeout --kill-after=10 $((seconds + 120)) "build/fuzz/$name" -max_total_time="$seconds" \
        -timeout=10 -rss_limit_mb=4096 -max_len=4096 -artifact_prefix="$logs/$name.failed/" \
        "$logs/$name.found" "tests/corpus/$name" >"$logs/$name.log" 2>&1 </dev/null || status=$?
    echo "$status" >"$logs/$name.status"
}

fuzz_targets() { find src -path '*/fuzz/*_fuzz.cpp' | sed 's#.*/\(.*\)_fuzz\.cpp$#fuzz_\1#' | LC_ALL=C sort; }
