#!/bin/sh
# Make this checkout runnable: uv, the locked Python environment, Node, the web packages, the built web part.
# Usage: scripts/bootstrap.sh [run|dev|python]
#   run: what `make up` needs; dev: also what checks and tests need; python: only the Python part of dev
set -eu
cd "$(dirname "$0")/.."
mode=${1:-run}
part=all
[ "$mode" = python ] && mode=dev part=python
say() { printf '%s\n' "· $*" >&2; }

python=${PYTHON:-python3}
"$python" - <<'CHECK' || exit 1
import sys
if sys.version_info < (3, 11):
    sys.exit(f"Warmline needs Python 3.11 or newer; python3 is {sys.version.split()[0]}. "
             "Install a newer one and run: make up PYTHON=python3.11")
CHECK

if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
    uv=uv
else
    uv=.tools/bin/uv
    if [ ! -x "$uv" ]; then
        say "Installing uv into .tools"
        "$python" -m venv .tools
        .tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.8'
    fi
fi
export UV_PYTHON_DOWNLOADS=never UV_PYTHON="${UV_PYTHON:-$(command -v "$python")}"

groups="--group engine"
[ "$mode" = dev ] && groups="$groups --group dev"
node_ok() { "$1" -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||(a===20&&b>=19)?0:1)' 2>/dev/null; }
if command -v node >/dev/null 2>&1 && node_ok node && command -v npm >/dev/null 2>&1; then
    use_system_node=1
else
    use_system_node=0
    groups="$groups --group build"
fi

stamp=$(cat uv.lock pyproject.toml scripts/bootstrap.sh | cksum | tr ' ' -)-$mode-$use_system_node
if [ "$(cat .venv/.warmline-stamp 2>/dev/null)" != "$stamp" ]; then
    say "Installing the Python environment from uv.lock"
    # The environment may already hold more (dev) than this mode needs: never take it away.
    if [ "$mode" = run ] && [ -x .venv/bin/pytest ]; then groups="$groups --group dev"; fi
    # shellcheck disable=SC2086
    "$uv" sync --quiet --locked $groups
    printf '%s' "$stamp" > .venv/.warmline-stamp
fi

if [ "$use_system_node" = 0 ]; then
    mkdir -p .tools/node
    .venv/bin/python scripts/link_node.py .tools/node
    PATH="$PWD/.tools/node:$PATH"
    export PATH
fi
[ "$part" = python ] && exit 0
# Calls speak as soon as there is a voice; nobody waits for a package to come.
if [ "$mode" = run ] && ! command -v espeak-ng >/dev/null 2>&1; then
    nohup scripts/install-voices.sh > .venv/install_voices.log 2>&1 &
fi
# The twin simulates with the compiled engine as soon as there is one; nobody waits for the compiler.
if [ "$mode" = run ]; then nice -n 19 .venv/bin/python scripts/compile_engine.py > .venv/compile_engine.log 2>&1 & fi
exec .venv/bin/python scripts/build_web.py "$mode"
