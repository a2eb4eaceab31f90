#!/bin/sh
# Every rule that can be checked without running the product, on a checkout as it was cloned. Prints what failed and
# exits non-zero. Two lanes at once: the Python types take about as long as everything else together.
set -u
cd "$(dirname "$0")/.."
scripts/bootstrap.sh python || exit 1
[ -d .tools/node ] && PATH="$PWD/.tools/node:$PATH"

told=$(mktemp -d)
trap 'rm -rf "$told"' EXIT
trap 'exit 130' INT TERM HUP

run() { # run NAME COMMAND...: a line at once, the output of what failed at the end
    name=$1
    shift
    if "$@" >"$told/$name" 2>&1; then
        printf 'ok    %s\n' "$name"
        rm "$told/$name"
    else
        printf 'FAIL  %s\n' "$name"
    fi
}

run pyright .venv/bin/pyright &
types=$!
run ruff .venv/bin/ruff check .
run format .venv/bin/ruff format --check .
run layers .venv/bin/lint-imports
run house .venv/bin/pytest -q --noconftest -p no:schemathesis tests/test_house.py
if scripts/bootstrap.sh dev; then
    run typescript web/node_modules/.bin/tsc --noEmit -p web
    run widget web/node_modules/.bin/tsc --noEmit -p web/widget
    run biome sh -c 'cd web && node_modules/.bin/biome check --diagnostic-level=error .'
    run sizes node scripts/check-sizes.mjs
else
    printf 'FAIL  front end (see above)\n'
    printf 'The front end could not be installed or built.\n' >"$told/frontend"
fi
wait "$types"

failed=$(ls "$told")
[ -n "$failed" ] || exit 0
for name in $failed; do printf '\n── %s\n' "$name" && cat "$told/$name"; done
printf '\nFailed: %s\n' "$(echo $failed)"
exit 1
