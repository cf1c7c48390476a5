# ./dev bench: makes businesses of two sizes on each engine, measures the server on them beside the bare database and
# nginx, and prints one table. docs/bench.md says what it means.

. dev.d/postgres.sh

bench_folder='' bench_kept='' bench_filter=''

bench_command() {
    local customers=1000000 engines='sqlite postgres' engine size
    while [ $# -gt 0 ]; do
        case $1 in
            --customers) customers=${2:-} && shift ;;
            --engine) engines=${2:-} && shift ;;
            --keep) bench_kept=${2:-} && shift ;;
            -*) fail "bench takes --customers N, --engine sqlite|postgres|both, --keep FOLDER and a filter" ;;
            *) bench_filter=$1 ;;
        esac
        shift
    done
    [[ $customers =~ ^[1-9][0-9]*$ ]] || fail "--customers takes a number"
    case $engines in
        both) engines='sqlite postgres' ;;
        sqlite | postgres | 'sqlite postgres') ;;
        *) fail "--engine takes sqlite, postgres or both" ;;
    esac
    install_for "${build_packages[@]}" "${bench_packages[@]}"
    build_web
    compile release patron bench_generate bench_measure
    bench_folder=$(mktemp -d)
    chmod 755 "$bench_folder"
    trap end_bench EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    for engine in $engines; do
        for size in $(printf '%s\n' 100 "$customers" | sort -un); do "bench_$engine" "$size"; done
    done
    build/release/bench_measure --results "$bench_folder/figures" --report
}

end_bench() {
    local status=$?
    trap - EXIT INT TERM
    stop_postgres
    [ -z "$bench_folder" ] || rm -rf "$bench_folder"
    exit "$status"
}

bench_sqlite() {
    local size=$1 data=$bench_folder/data
    [ -z "$bench_kept" ] || data=$bench_kept/sqlite-$size
    mkdir -p "$(dirname "$data")"
    [ -e "$data" ] || build/release/bench_generate --data "$data" --customers "$size" || fail "no business was made"
    measure_business "$size" --data "$data" $([ "$size" -ne 100 ] || echo --instructions)
    [ -n "$bench_kept" ] || rm -rf "$data"
}

# A server of its own for each size: fresh, and with the memory that a machine for a million customers would give it.
bench_postgres() {
    local size=$1 data=$bench_folder/data postmaster
    start_postgres -c shared_buffers=1GB -c max_wal_size=8GB -c wal_level=minimal -c max_wal_senders=0 ||
        fail "PostgreSQL does not start"
    build/release/bench_generate --data "$data" --database "$PATRON_TEST_POSTGRES" --customers "$size" ||
        fail "no business was made"
    read -r postmaster <"$postgres_folder/data/postmaster.pid"
    measure_business "$size" --data "$data" --database "$PATRON_TEST_POSTGRES" --postmaster "$postmaster"
    stop_postgres
    rm -rf "$data"
}

measure_business() {
    local size=$1
    shift
    build/release/bench_measure --results "$bench_folder/figures" --customers "$size" --program build/release/patron \
        --folder "$bench_folder/scratch" --filter "$bench_filter" "$@" || fail "measuring failed"
    rm -rf "$bench_folder/scratch"
}
