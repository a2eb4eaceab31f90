#!/bin/sh
# The foreign telephones that the voice tests talk with (sipp, baresip, sipsak, sipvicious), a voice (espeak-ng) and
# the second media engine (rtpengine; the tests start their own, its service is not needed).
# With CI=true a machine without them is a failure; elsewhere those tests are skipped with a word.
set -eu
have() { command -v "$1" >/dev/null 2>&1; }
all() { have sipp && have baresip && have sipsak && have svmap && have espeak-ng && have rtpengine; }

if all; then
    exit 0
fi
if have apt-get; then
    if [ "$(id -u)" = 0 ]; then root=""; elif have sudo && sudo -n true 2>/dev/null; then root="sudo"; else root=none; fi
    if [ "$root" != none ]; then
        printf '· Installing sipp, baresip, sipsak, sipvicious, espeak-ng and rtpengine from the system packages\n' >&2
        $root apt-get update -qq
        for package in sip-tester baresip sipsak sipvicious espeak-ng rtpengine-daemon; do
            DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends "$package" >/dev/null ||
                printf 'The package %s could not be installed.\n' "$package" >&2
        done
    fi
fi
if all; then
    exit 0
fi
printf 'Tools of the voice tests are missing. Install the packages sip-tester, baresip, sipsak, sipvicious\n' >&2
printf 'espeak-ng and rtpengine-daemon.\n' >&2
[ "${CI:-}" != true ] || exit 1
