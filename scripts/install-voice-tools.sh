#!/bin/sh
# The foreign telephones that the voice tests talk with (sipp, baresip, sipsak, sipvicious) and a voice (espeak-ng).
# With CI=true a machine without them is a failure; elsewhere those tests are skipped with a word.
set -eu
have() { command -v "$1" >/dev/null 2>&1; }

if have sipp && have baresip && have sipsak && have svmap && have espeak-ng; then
    exit 0
fi
if have apt-get; then
    if [ "$(id -u)" = 0 ]; then root=""; elif have sudo && sudo -n true 2>/dev/null; then root="sudo"; else root=none; fi
    if [ "$root" != none ]; then
        printf '· Installing sipp, baresip, sipsak, sipvicious and espeak-ng from the system packages\n' >&2
        $root apt-get update -qq
        for package in sip-tester baresip sipsak sipvicious espeak-ng; do
            DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends "$package" >/dev/null ||
                printf 'The package %s could not be installed.\n' "$package" >&2
        done
    fi
fi
if have sipp && have baresip && have sipsak && have svmap && have espeak-ng; then
    exit 0
fi
printf 'Tools of the voice tests are missing. Install the packages sip-tester, baresip, sipsak, sipvicious\n' >&2
printf 'and espeak-ng.\n' >&2
[ "${CI:-}" != true ] || exit 1
