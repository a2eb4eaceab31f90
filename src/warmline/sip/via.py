"""Via: the way back of a response (RFC 3261, 20.42; RFC 3581)."""

import re

from msgspec import Struct
from msgspec.structs import replace

from warmline.sip.grammar import BadValue, Params, read_params, write_params

MAGIC = "z9hG4bK"
_VIA = re.compile(
    r"SIP[ \t]*/[ \t]*2\.0[ \t]*/[ \t]*([A-Za-z0-9\-.!%*_+`'~]+)[ \t]+"
    r"([A-Za-z0-9](?:[A-Za-z0-9\-_.]*[A-Za-z0-9.])?|\[[0-9A-Fa-f:.]+\])"
    r"(?:[ \t]*:[ \t]*([0-9]{1,5}))?[ \t]*",
    re.IGNORECASE,
)


class Via(Struct):
    """One hop. `host` keeps the brackets of IPv6; `transport` is in upper case."""

    transport: str
    host: str
    port: int | None = None
    params: Params = {}

    @property
    def branch(self) -> str | None:
        return self.params.get("branch")

    @property
    def has_unique_branch(self) -> bool:
        """Whether the branch alone names the transaction; otherwise match as in RFC 2543 (RFC 3261, 17.2.3)."""
        branch = self.params.get("branch") or ""
        return len(branch) > len(MAGIC) and branch[: len(MAGIC)].lower() == MAGIC.lower()

    @property
    def received(self) -> str | None:
        return self.params.get("received")

    @property
    def wants_rport(self) -> bool:
        return "rport" in self.params

    @property
    def rport(self) -> int | None:
        value = self.params.get("rport")
        return int(value) if value and value.isascii() and value.isdigit() and int(value[:6]) <= 65535 else None

    @property
    def sent_by(self) -> str:
        """Host and port as one key, in lower case."""
        return self.host.lower() if self.port is None else f"{self.host.lower()}:{self.port}"

    def stamped(self, host: str, port: int) -> "Via":
        """A copy that knows where the request really came from (RFC 3581, 4)."""
        params = dict(self.params)
        plain = self.host[1:-1] if self.host.startswith("[") else self.host
        if plain != host or "rport" in params:
            params["received"] = host
        if "rport" in params:
            params["rport"] = str(port)
        return replace(self, params=params)

    def __str__(self) -> str:
        port = "" if self.port is None else f":{self.port}"
        return f"SIP/2.0/{self.transport} {self.host}{port}{write_params(self.params)}"


def read_via(text: str) -> Via:
    """Parse one Via value. Raises BadValue."""
    found = _VIA.match(text)
    if found is None:
        raise BadValue("malformed Via")
    transport, host, port = found.groups()
    number = None
    if port is not None:
        number = int(port)
        if not 0 < number <= 65535:
            raise BadValue("port out of range")
    end = found.end()
    return Via(transport.upper(), host, number, read_params(text, end) if end < len(text) else {})
