"""Results of journey cases as JUnit XML, which build servers read. Source: the Ant JUnit report format."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

# XML 1.0 has no place for other control characters, however they are escaped.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Result(Struct, frozen=True):
    """One test: its suite (the journey), its name, how long it took; `why` and `lines` when it failed."""

    suite: str
    name: str
    seconds: float = 0.0
    why: str = ""
    lines: tuple[str, ...] = ()


def junit(results: Sequence[Result]) -> str:
    """Return the results as one XML document, a suite for each journey in the order of their first tests."""
    suites: dict[str, list[Result]] = {}
    for one in results:
        suites.setdefault(one.suite, []).append(one)
    failed = sum(bool(one.why) for one in results)
    parts = ['<?xml version="1.0" encoding="UTF-8"?>']
    parts.append(f'<testsuites name="journeys" tests="{len(results)}" failures="{failed}">')
    for name, tests in suites.items():
        failures = sum(bool(one.why) for one in tests)
        took_s = sum(one.seconds for one in tests)
        parts.append(
            f'  <testsuite name={_attribute(name)} tests="{len(tests)}" failures="{failures}" errors="0"'
            f' time="{took_s:.3f}">'
        )
        parts += [_test(one) for one in tests]
        parts.append("  </testsuite>")
    parts.append("</testsuites>")
    return "\n".join(parts) + "\n"


def _test(one: Result) -> str:
    head = f'    <testcase classname={_attribute(one.suite)} name={_attribute(one.name)} time="{one.seconds:.3f}"'
    if not one.why:
        return f"{head}/>"
    told = escape(_UNPRINTABLE.sub("", "\n".join(one.lines)))
    return f"{head}>\n      <failure message={_attribute(one.why)}>{told}</failure>\n    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(_UNPRINTABLE.sub("", text))
