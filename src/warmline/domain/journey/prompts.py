"""Prompt texts: catalogues of keys per language, and templates filled with a journey's variables.

A placeholder is `{path}`, `{path:format}` or `{path:format:argument}`, optionally with a Korean particle:
`{item|을/를}`, `{amount:money:KRW|이/가}`. The currency of `money` is a code or a variable's path. `{{` and `}}`
are braces. A text for voices only has the key `<key>@spoken`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from datetime import tzinfo
from functools import lru_cache
from typing import Protocol, cast

from msgspec import Struct

from warmline.domain.journey.faults import BadTemplate, MissingVariable, UnfitValue
from warmline.domain.journey.formats import FORMATS, Unknown
from warmline.domain.journey.particles import attach
from warmline.kernel.locale import Locale

SPOKEN_CHANNELS = frozenset({"voice", "webrtc"})
SPOKEN_SUFFIX = "@spoken"

Lookup = Callable[[str], object]

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_PATH = re.compile(r"[A-Za-z_][\w.]*")
_CURRENCY = re.compile(r"[A-Z]{3}")
_DAYS = re.compile(r"[0-9]{1,4}")


# What these formats write is never empty; a text, a list or spaced characters may be.
_NEVER_EMPTY = frozenset(FORMATS) - {"", "spaced", "plural"}
# Letters or signs by their category, yet nothing is seen of them: Hangul fillers and the blank Braille pattern.
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")


class Texts(Protocol):
    """Where prompt templates come from."""

    def prompt(self, key: str, locale: Locale, channel: str) -> str | None: ...


class Hole(Struct, frozen=True):
    """A placeholder: what to read and how to write it."""

    path: str
    format: str = ""
    argument: str = ""
    particle: str = ""


def is_spoken(channel: str) -> bool:
    """Tell whether a channel speaks its texts instead of writing them."""
    return channel in SPOKEN_CHANNELS


def find(texts: Mapping[str, str], key: str, channel: str) -> str | None:
    """Return the text of `key` for a channel: the spoken variant for voices if there is one, else the written."""
    if is_spoken(channel):
        spoken = texts.get(key + SPOKEN_SUFFIX)
        if spoken is not None:
            return spoken
    return texts.get(key)


def parse_catalogue(text: str) -> dict[str, str]:
    """Read a TOML catalogue into flat keys: `[queue] enter = "…"` becomes `queue.enter`.

    Raises ValueError naming the key when an entry is not a text or a template cannot be read.
    """
    flat: dict[str, str] = {}
    _flatten("", cast(Mapping[str, object], tomllib.loads(text)), flat)
    for key, template in flat.items():
        try:
            compile_template(template)
        except BadTemplate as bad:
            raise ValueError(f"Prompt {key}: {bad}") from None
    return flat


def _flatten(prefix: str, table: Mapping[str, object], into: dict[str, str]) -> None:
    for name, entry in table.items():
        key = f"{prefix}.{name}" if prefix else name
        if isinstance(entry, str):
            into[key] = entry
        elif isinstance(entry, Mapping):
            _flatten(key, cast(Mapping[str, object], entry), into)
        else:
            raise ValueError(f"Prompt {key} must be a text.")


@lru_cache(maxsize=8192)
def compile_template(template: str) -> tuple[str | Hole, ...]:
    """Split a template into texts and placeholders. Raises BadTemplate."""
    parts: list[str | Hole] = []
    literal = ""
    end = 0
    for token in _TOKEN.finditer(template):
        literal += template[end : token.start()]
        end = token.end()
        written = token.group()
        if written in ("{{", "}}"):
            literal += written[0]
        elif token.group(1) is None:
            raise BadTemplate(f"A single {written} stands alone; write {written * 2} for a brace.")
        else:
            if literal:
                parts.append(literal)
            literal = ""
            parts.append(_hole(token.group(1)))
    literal += template[end:]
    if literal:
        parts.append(literal)
    return tuple(parts)


def _hole(inside: str) -> Hole:
    body, _, particle = inside.partition("|")
    path, _, rest = body.partition(":")
    form, _, argument = rest.partition(":")
    if not _PATH.fullmatch(path):
        raise BadTemplate(f"{{{inside}}} does not name a variable.")
    if form not in FORMATS:
        raise BadTemplate(f"{{{inside}}} uses an unknown format; known are {', '.join(filter(None, FORMATS))}.")
    if form in ("money", "plural") and not argument:
        raise BadTemplate(f"{{{inside}}} needs an argument, as in {{total:money:KRW}} or {{n:plural:item/items}}.")
    if form == "date" and argument and not _DAYS.fullmatch(argument):
        raise BadTemplate(f"{{{inside}}} needs a number of days, as in {{arrived:date:30}}.")
    if particle and "/" not in particle and particle != "(으)로":
        raise BadTemplate(f"{{{inside}}} needs both forms of the particle, as in {{name|이/가}}.")
    return Hole(path, form, argument, particle)


def is_blank(text: str) -> bool:
    """Tell whether nothing of a text is seen: only spaces, invisible marks and control characters."""
    if text[:1].isalnum() and text[0] not in _UNSEEN:  # as nearly every text begins
        return False
    return not any(unicodedata.category(c)[0] in "LNSP" and c not in _UNSEEN for c in text)


@lru_cache(maxsize=8192)
def says_nothing(template: str) -> bool:
    """Tell whether a template may come out blank: no words of its own, only values that may be empty.

    Raises BadTemplate.
    """
    return not any(
        not is_blank(part) if isinstance(part, str) else part.format in _NEVER_EMPTY
        for part in compile_template(template)
    )


@lru_cache(maxsize=8192)
def placeholders(template: str) -> frozenset[str]:
    """Return the variable paths a template reads. Raises BadTemplate."""
    names: set[str] = set()
    for part in compile_template(template):
        if isinstance(part, Hole):
            names.add(part.path)
            if part.format == "money" and not _CURRENCY.fullmatch(part.argument):
                names.add(part.argument)
    return frozenset(names)


@lru_cache(maxsize=8192)
def fixed_text(template: str) -> str | None:
    """Return what a template always says; None for one in which something is filled in. Raises BadTemplate."""
    parts = compile_template(template)
    return None if any(isinstance(part, Hole) for part in parts) else "".join(str(part) for part in parts)


def render(template: str, lookup: Lookup, locale: Locale, zone: tzinfo) -> str:
    """Fill a template. `lookup` reads a variable by path; times are told in `zone`.

    Raises MissingVariable when a variable is unset or null, BadTemplate when a value does not fit its format.
    """
    parts = compile_template(template)
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    return "".join(part if isinstance(part, str) else _fill(part, lookup, locale, zone) for part in parts)


def _fill(hole: Hole, lookup: Lookup, locale: Locale, zone: tzinfo) -> str:
    value = lookup(hole.path)
    if value is None:
        raise MissingVariable(hole.path)
    argument = hole.argument
    if hole.format == "money" and not _CURRENCY.fullmatch(argument):
        currency = lookup(argument)
        if currency is None:
            raise MissingVariable(argument)
        argument = str(currency)
    text = str(value) if isinstance(value, Unknown) else _written(hole, value, argument, locale, zone)
    return attach(text, hole.particle) if hole.particle else text


def _written(hole: Hole, value: object, argument: str, locale: Locale, zone: tzinfo) -> str:
    try:
        return FORMATS[hole.format](value, argument, locale, zone)
    except (BadTemplate, ValueError, ArithmeticError) as misfit:
        raise UnfitValue(hole.path, hole.format or "text") from misfit
