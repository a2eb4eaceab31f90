#!/bin/sh
# The voice of last resort: espeak-ng, a program that speaks Korean, Japanese and English offline.
# Warmline works without voices; calls then refuse with words until one is there. So this never fails, except with
# CI=true, where the tests of voices must run.
set -u
command -v espeak-ng >/dev/null 2>&1 && exit 0
say() { printf '%s\n' "· $*" >&2; }

if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then root=""; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then root="sudo"; else root=none; fi
    if [ "$root" != none ]; then
        say "Installing the voices of espeak-ng from the system packages"
        export DEBIAN_FRONTEND=noninteractive
        install() { timeout 300 $root apt-get install -y -qq --no-install-recommends espeak-ng >/dev/null 2>&1; }
        install || { timeout 300 $root apt-get update -qq >/dev/null 2>&1; install; }
        command -v espeak-ng >/dev/null 2>&1 && exit 0
    fi
fi
say "No voice is installed: calls cannot speak yet. Install the package espeak-ng (Debian, Ubuntu: apt-get install"
say "espeak-ng; Fedora: dnf install espeak-ng; macOS: brew install espeak-ng), or see docs/howto/voices.md."
[ "${CI:-}" != true ] || exit 1
exit 0
