# A PostgreSQL of our own for the length of one command: fresh, on loopback, durable (fsync on), removed at the end.

postgres_programs=/usr/lib/postgresql/15/bin
postgres_folder=

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# Sets PATRON_TEST_POSTGRES to the address of a database whose user may make databases and roles, but is no superuser.
# Further settings are taken as the server takes them: -c name=value
start_postgres() {
    postgres_folder=$(mktemp -d)
    chmod 755 "$postgres_folder"
    [ "$(id -u)" -ne 0 ] || chown postgres: "$postgres_folder"
    local data="$postgres_folder/data" password port
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    printf '%s\n' "$password" >"$postgres_folder/password"
    [ "$(id -u)" -ne 0 ] || chown postgres: "$postgres_folder/password"
    chmod 600 "$postgres_folder/password"
    quietly "database cluster made" as_postgres "$postgres_programs/initdb" -D "$data" -U keeper --encoding=UTF8 --locale=C.UTF-8 \
        --auth=scram-sha-256 --pwfile="$postgres_folder/password" || return 1
    for _ in 1 2 3 4 5 6 7 8; do
        port=$(shuf -i 21000-31000 -n 1)
        if as_postgres "$postgres_programs/pg_ctl" -D "$data" -w -t 30 -l "$postgres_folder/log" -o "-p $port -c listen_addresses=127.0.0.1 \
            -c unix_socket_directories='' -c max_connections=400 -c shared_buffers=128MB -c fsync=on $*" start >/dev/null 2>&1; then
            PGPASSWORD=$password "$postgres_programs/psql" -q -h 127.0.0.1 -p "$port" -U keeper -d postgres \
                -c "create role patron login createdb createrole password '$password'" -c "create database patron owner patron" || return 1
            export PATRON_TEST_POSTGRES="postgres://patron:$password@127.0.0.1:$port/patron"
            return 0
        fi
    done
    cat "$postgres_folder/log" >&2
    say "PostgreSQL does not start"
    return 1
}

stop_postgres() {
    [ -n "$postgres_folder" ] || return 0
    as_postgres "$postgres_programs/pg_ctl" -D "$postgres_folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$postgres_folder"
    postgres_folder=
}
