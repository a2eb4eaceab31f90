"""Transfers in headers: Replaces (RFC 3891), Refer-To with it (RFC 3515)."""

from msgspec import Struct
from msgspec.structs import replace

from warmline.sip.address import read_name_addr
from warmline.sip.grammar import BadValue, read_params
from warmline.sip.headers import Headers
from warmline.sip.uri import Uri, escape_header, unescape


class NotCallable(BadValue):
    """A transfer to what is no telephone (416)."""


class Replaces(Struct, frozen=True):
    """The dialog a call takes the place of, its tags as the side that receives this knows them."""

    call_id: str
    to_tag: str
    from_tag: str
    early_only: bool = False

    def __str__(self) -> str:
        early = ";early-only" if self.early_only else ""
        return f"{self.call_id};to-tag={self.to_tag};from-tag={self.from_tag}{early}"


class ReferTo(Struct, frozen=True):
    """Whom to call. `target` has no headers; `replaces` came in its URI."""

    target: Uri
    replaces: Replaces | None = None

    def __str__(self) -> str:
        if self.replaces is None:
            return f"<{self.target}>"
        return f"<{replace(self.target, headers=(('Replaces', escape_header(str(self.replaces))),))}>"


def read_replaces(value: str) -> Replaces:
    """Parse Replaces. Raises BadValue."""
    call_id, semicolon, rest = value.partition(";")
    params = read_params(f";{rest}") if semicolon else {}
    to_tag, from_tag = params.get("to-tag"), params.get("from-tag")
    call_id = call_id.strip()
    if not call_id or not to_tag or not from_tag or any(c.isspace() for c in call_id):
        raise BadValue("malformed Replaces")
    return Replaces(call_id, to_tag, from_tag, "early-only" in params)


def read_refer_to(value: str) -> ReferTo:
    """Parse Refer-To. Raises BadValue, NotCallable; of the headers in its URI only Replaces is honoured."""
    uri = read_name_addr(value).uri
    if not uri.is_sip and uri.scheme != "tel":
        raise NotCallable("cannot call this")
    found = [text for name, text in uri.headers if name.lower() == "replaces"]
    if len(found) > 1:
        raise BadValue("repeated Replaces")
    return ReferTo(uri.without_headers(), read_replaces(unescape(found[0])) if found else None)


def refer_to_of(headers: Headers) -> ReferTo:
    """The Refer-To of a REFER: exactly one. Raises BadValue (400), NotCallable (416)."""
    values = headers.elements("Refer-To")
    if len(values) != 1:
        raise BadValue("one Refer-To is needed")
    return read_refer_to(values[0])
