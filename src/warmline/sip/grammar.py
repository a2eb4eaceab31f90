"""The small grammar all SIP headers share: tokens, quoted strings, parameters, lists (RFC 3261, 25.1)."""

import re

Params = dict[str, str | None]
"""Parameters in order, names in lower case; None: the parameter has no value. Quotes are already taken off."""

TOKEN = re.compile(r"[A-Za-z0-9\-.!%*_+`'~]+")
_PLAIN_VALUE = re.compile(r"[A-Za-z0-9\-.!%*_+`'~\[\]:]+")  # token / host, the latter with IPv6
_PARAM = re.compile(
    r"[ \t]*;[ \t]*([A-Za-z0-9\-.!%*_+`'~]+)"
    r"(?:[ \t]*=[ \t]*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;,\"<>?]+)))?[ \t]*",
    re.DOTALL,
)
_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)
_NEEDS_ESCAPE = re.compile(r'(["\\])')


class BadValue(ValueError):
    """A header or body does not follow its grammar; the text says what, without the value itself."""


def is_token(text: str) -> bool:
    return TOKEN.fullmatch(text) is not None


def unquote(inner: str) -> str:
    """What a quoted string means, without its quotes."""
    return _QUOTED_PAIR.sub(r"\1", inner) if "\\" in inner else inner


def quote(text: str) -> str:
    """Text as a quoted string. Raises BadValue for line breaks, which would smuggle in headers."""
    if "\r" in text or "\n" in text:
        raise BadValue("line break in a quoted string")
    escaped = _NEEDS_ESCAPE.sub(r"\\\1", text)
    return f'"{escaped}"'


def read_params(text: str, start: int = 0) -> Params:
    """`;name=value` from `start` to the end of the text. Raises BadValue for anything else."""
    params: Params = {}
    end = len(text)
    while start < end:
        found = _PARAM.match(text, start)
        if found is None:
            if text[start:].isspace():
                break
            raise BadValue("malformed parameter")
        name, quoted, plain = found.groups()
        name = name.lower()
        if name in params:
            raise BadValue("repeated parameter")
        params[name] = unquote(quoted) if quoted is not None else plain
        start = found.end()
    return params


def write_params(params: Params) -> str:
    if not params:
        return ""
    parts: list[str] = []
    for name, value in params.items():
        if value is None:
            parts.append(f";{name}")
        elif _PLAIN_VALUE.fullmatch(value):
            parts.append(f";{name}={value}")
        else:
            parts.append(f";{name}={quote(value)}")
    return "".join(parts)


def split_list(text: str) -> list[str]:
    """The comma-separated elements of a value; commas in quotes or angle brackets separate nothing.

    Raises BadValue for an open quote or bracket and for empty elements.
    """
    if "," not in text:
        return [text]
    parts: list[str] = []
    begin = position = 0
    end = len(text)
    quoted = bracketed = False
    while position < end:
        char = text[position]
        if quoted:
            if char == "\\":
                position += 1
            elif char == '"':
                quoted = False
        elif char == '"' and not bracketed:
            quoted = True
        elif char == "<":
            bracketed = True
        elif char == ">":
            bracketed = False
        elif char == "," and not bracketed:
            parts.append(text[begin:position].strip(" \t"))
            begin = position + 1
        position += 1
    if quoted or bracketed:
        raise BadValue("unbalanced quotes or brackets")
    parts.append(text[begin:].strip(" \t"))
    if not all(parts):
        raise BadValue("empty list element")
    return parts


def read_number(text: str, most: int) -> int:
    """Decimal digits up to `most`. Raises BadValue, also for signs, spaces and other scripts' digits."""
    if not (text.isascii() and text.isdigit()) or len(text) > 20 or int(text) > most:
        raise BadValue("not a number in range")
    return int(text)
