# Builds the browser workspace and then the program that carries it.

# What was compiled in one copy of the project serves another: paths count from the copy's own folder.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=true

build_web() {
    local stamp=build/.workspace wanted
    wanted=$(find web -path web/node_modules -prune -o -path web/dist -prune -o -path web/e2e -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
    [ -e web/dist/index.html ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
    quietly "workspace built" npm --prefix web run build
    mkdir -p build
    printf '%s\n' "$wanted" >"$stamp"
}

# configure KIND: release, debug, sanitize, threads or fuzz, each in build/KIND
configure() {
    local kind=$1 type=Debug
    local -a options=()
    case $kind in
        release) type=Release ;;
        debug) ;;
        sanitize) options=(-DPATRON_SANITIZE=ON) ;;
        threads) options=(-DPATRON_TSAN=ON) ;;
        fuzz) options=(-DPATRON_FUZZ=ON -DCMAKE_CXX_COMPILER=clang++-19 -DCMAKE_C_COMPILER=clang-19) ;;
        *) fail "no build called $kind" ;;
    esac
    if [ ! -e "build/$kind/build.ninja" ] || [ "$(cat "build/$kind/.options" 2>/dev/null)" != "$type ${options[*]}" ]; then
        quietly "configured $kind" cmake -S . -B "build/$kind" -G Ninja -DCMAKE_BUILD_TYPE="$type" "${options[@]}"
        printf '%s\n' "$type ${options[*]}" >"build/$kind/.options"
    fi
}

# compile KIND [target…]: progress on standard error when a person watches, else only what failed
compile() {
    local kind=$1
    shift
    configure "$kind"
    if [ -t 2 ]; then
        ninja -C "build/$kind" -j"$(nproc)" "$@" >&2
    else
        quietly "compiled $kind" ninja -C "build/$kind" -j"$(nproc)" "$@"
    fi
}

# The executables of the unit tests, one a line.
unit_tests() { ninja -C "build/$1" -t targets all | sed -n 's/^\(test_[a-z0-9_]*\): CXX_EXECUTABLE.*/\1/p' | sort -u; }

build_release() {
    install_to_build
    build_web
    compile release patron
}

build_command() {
    local kind=release
    case ${1:-} in
        '' | --release) ;;
        --debug) kind=debug ;;
        --sanitize) kind=sanitize ;;
        *) fail "build takes --debug or --sanitize" ;;
    esac
    install_to_build
    build_web
    compile "$kind"
    say "built build/$kind/patron"
}
