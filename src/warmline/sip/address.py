"""Who a header names: From, To, Contact, Route and their kin (RFC 3261, 20.10)."""

import re

from msgspec import Struct
from msgspec.structs import replace

from warmline.sip.grammar import BadValue, Params, quote, read_params, unquote, write_params
from warmline.sip.uri import Uri, read_uri

_NAME_ADDR = re.compile(r"(?:\"((?:[^\"\\]|\\.)*)\"[ \t]*|([A-Za-z0-9\-.!%*_+`'~ \t]*))<([^<>\s]+)>", re.DOTALL)


class NameAddr(Struct):
    """A URI with a display name and the header's own parameters (`tag`, `expires`, `q`, …)."""

    uri: Uri
    display: str = ""
    params: Params = {}

    @property
    def tag(self) -> str | None:
        return self.params.get("tag")

    def with_tag(self, tag: str) -> "NameAddr":
        return replace(self, params=self.params | {"tag": tag})

    def without_tag(self) -> "NameAddr":
        return replace(self, params={n: v for n, v in self.params.items() if n != "tag"})

    @property
    def expires_s(self) -> int | None:
        """The contact's own `expires` in seconds, at most 2^32-1; a malformed one counts as 3600 (10.2.1.1)."""
        value = self.params.get("expires")
        if value is None:
            return None
        if not (value.isascii() and value.isdigit()):
            return 3600
        return min(int(value[:20]), 2**32 - 1)

    def __str__(self) -> str:
        text = f"<{self.uri}>{write_params(self.params)}"
        return f"{quote(self.display)} {text}" if self.display else text


def read_name_addr(text: str) -> NameAddr:
    """Parse one name-addr or addr-spec with its parameters. Raises BadValue.

    Without angle brackets, parameters belong to the header, and `?` and `,` may not occur (RFC 3261, 20).
    """
    found = _NAME_ADDR.match(text)
    if found is None:
        if "<" in text or '"' in text.partition(";")[0]:
            raise BadValue("malformed name or address")
        uri, semicolon, rest = text.partition(";")
        uri = uri.rstrip(" \t")
        if "?" in uri or "," in uri:
            raise BadValue("address needs angle brackets")
        return NameAddr(read_uri(uri), "", read_params(f";{rest}") if semicolon else {})
    quoted, plain, uri = found.groups()
    end = found.end()
    return NameAddr(
        read_uri(uri),
        unquote(quoted) if quoted is not None else plain.strip(" \t"),
        read_params(text, end) if end < len(text) else {},
    )
