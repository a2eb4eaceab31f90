#!/bin/sh
# All tests, in two lanes at once, because half of the time is waiting for clocks: real processes and browsers in one,
# everything else in the other. Each line says its lane; what failed is told again at the end. Exits non-zero then.
set -u
cd "$(dirname "$0")/.."
[ -d .tools/node ] && PATH="$PWD/.tools/node:$PATH"

told=$(mktemp -d)
trap 'rm -rf "$told"' EXIT
trap 'kill 0' INT TERM HUP

lane() { # lane NAME COMMAND...: its output as it comes; leaves NAME.failed behind when it failed
    name=$1
    shift
    { "$@" 2>&1 || touch "$told/$name.failed"; } | tee "$told/$name" | sed -u "s/^/$name  /"
}

# Those wait for the processor where both want it: in the other lane people talk, and clocks run.
units() {
    (cd web && NO_COLOR=1 npx vitest run --reporter=default --silent)
    pages=$?
    nice -n 3 .venv/bin/pytest --durations=15 --ignore=tests/e2e --ignore=tests/chaos && return "$pages"
}

lane house .venv/bin/pytest --durations=15 tests/e2e tests/chaos &
lane units units
wait

for name in house units; do
    [ -f "$told/$name.failed" ] && printf '\n%s failed:\n' "$name" && grep -E '^(FAILED|ERROR)| failed|passed' "$told/$name"
done
! ls "$told"/*.failed >/dev/null 2>&1
