#!/bin/sh
# Every rule that can be checked without running the product. Prints what failed and exits non-zero.
set -u
cd "$(dirname "$0")/.."
[ -d .tools/node ] && PATH="$PWD/.tools/node:$PATH"
failed=""
run() {
    name=$1
    shift
    if out=$("$@" 2>&1); then printf 'ok    %s\n' "$name"; else
        printf 'FAIL  %s\n%s\n' "$name" "$out"
        failed="$failed $name"
    fi
}
run ruff .venv/bin/ruff check .
run format .venv/bin/ruff format --check .
run layers .venv/bin/lint-imports
run house .venv/bin/pytest -q tests/test_house.py
run pyright .venv/bin/pyright
run typescript sh -c 'cd web && npx tsc --noEmit -p .'
run widget sh -c 'cd web && npx tsc --noEmit -p widget'
run biome sh -c 'cd web && npx biome check .'
run sizes node scripts/check-sizes.mjs
[ -z "$failed" ] || { printf '\nFailed:%s\n' "$failed"; exit 1; }
