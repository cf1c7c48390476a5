# ./dev api: writes api/openapi.json from the program and the browser's types from that.

api_command() {
    build_release
    mkdir -p api
    build/release/patron openapi >api/openapi.json
    (cd web && npm exec -- openapi-typescript ../api/openapi.json -o src/schema.d.ts >/dev/null)
    say "wrote api/openapi.json and web/src/schema.d.ts"
}
