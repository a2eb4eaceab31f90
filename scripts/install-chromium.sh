#!/bin/sh
# The browser that the end-to-end tests drive, and fonts that can show Korean and Japanese.
# With CI=true a machine without them is a failure; elsewhere the browser tests are skipped with a word.
set -eu
have() { command -v "$1" >/dev/null 2>&1; }
cjk() { have fc-list && [ -n "$(fc-list :lang=ko family)" ] && [ -n "$(fc-list :lang=ja family)" ]; }

if { have chromium || have chromium-browser || have google-chrome || [ -n "${WARMLINE_CHROMIUM:-}" ]; } && cjk; then
    exit 0
fi
if have apt-get; then
    if [ "$(id -u)" = 0 ]; then root=""; elif have sudo && sudo -n true 2>/dev/null; then root="sudo"; else root=none; fi
    if [ "$root" != none ]; then
        printf '· Installing Chromium and CJK fonts from the system packages\n' >&2
        $root apt-get update -qq
        DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends \
            chromium fonts-noto-cjk fontconfig >/dev/null
        exit 0
    fi
fi
printf 'Chromium or CJK fonts are missing. Install the packages chromium and fonts-noto-cjk,\n' >&2
printf 'or set WARMLINE_CHROMIUM to a Chromium of your own.\n' >&2
[ "${CI:-}" != true ] || exit 1
