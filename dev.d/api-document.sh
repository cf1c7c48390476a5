#!/usr/bin/env bash
# The committed API document is what the program says, and the browser's types are what the document says.
# Else: ./dev api
set -euo pipefail
cd "$(dirname "$0")/.."
said=$(mktemp)
trap 'rm -f "$said"' EXIT
"$PATRON_PROGRAM" openapi >"$said"
cmp api/openapi.json "$said" || { diff -u api/openapi.json "$said" | head -n 100; echo "run ./dev api"; exit 1; }
cd web
node node_modules/openapi-typescript/bin/cli.js ../api/openapi.json -o src/schema.d.ts --check
