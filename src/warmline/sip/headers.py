"""The headers of a message: any case, compact forms, several values; the usual ones typed."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, cast

from msgspec import Struct

from warmline.sip.address import NameAddr, read_name_addr
from warmline.sip.grammar import TOKEN, BadValue, Params, read_number, read_params, split_list
from warmline.sip.header_names import SPELLED, key_of
from warmline.sip.uri import Uri
from warmline.sip.via import Via, read_via

T = TypeVar("T")

MOST_CSEQ = 2**32 - 1
_WAY_BACK = ("via", "from", "to", "call-id", "cseq")


class CSeq(Struct, frozen=True):
    number: int
    method: str

    def __str__(self) -> str:
        return f"{self.number} {self.method}"


class MediaType(Struct, frozen=True):
    """`type` is `type/subtype` in lower case."""

    type: str
    params: Params

    @property
    def boundary(self) -> str | None:
        return self.params.get("boundary")


def read_cseq(text: str) -> CSeq:
    number, _, method = text.partition(" ")
    method = method.strip(" \t")
    if TOKEN.fullmatch(method) is None:
        raise BadValue("malformed CSeq")
    return CSeq(read_number(number, MOST_CSEQ), method)


def read_media_type(text: str) -> MediaType:
    kind, semicolon, rest = text.partition(";")
    major, slash, minor = (part.strip(" \t") for part in kind.partition("/"))
    if not slash or TOKEN.fullmatch(major) is None or TOKEN.fullmatch(minor) is None:
        raise BadValue("malformed media type")
    return MediaType(f"{major}/{minor}".lower(), read_params(f";{rest}") if semicolon else {})


class Headers:
    """Headers by key (lower case, long form), each with its values in order; names keep the order they came in.

    What is added is checked: no line breaks, names are tokens (raises BadValue). Typed accessors parse when first
    asked, remember it, and raise BadValue for what they cannot read; treat what they return as immutable.
    """

    __slots__ = ("_read", "_spelled", "_values")

    def __init__(self, items: Iterable[tuple[str, str]] = ()) -> None:
        self._values: dict[str, list[str]] = {}  # the lists are shared by copies: replaced, never changed
        self._spelled: dict[str, str] = {}  # as written, for names we do not know
        self._read: dict[str, object] = {}
        for name, value in items:
            self.add(name, value)

    @classmethod
    def trusted(cls, values: dict[str, list[str]], spelled: dict[str, str]) -> "Headers":
        """Take what the parser has split already, unchecked."""
        headers = cls.__new__(cls)
        headers._values = values
        headers._spelled = spelled
        headers._read = {}
        return headers

    # --- raw ---------------------------------------------------------------------------------------

    def add(self, name: str, value: object) -> None:
        """Append a value."""
        self._put(name, str(value), first=False)

    def add_first(self, name: str, value: object) -> None:
        """Put a value before the others of its name (Via, Record-Route)."""
        self._put(name, str(value), first=True)

    def set(self, name: str, value: object) -> None:
        """Replace all values of a name by one."""
        self.replace(name, (value,))

    def replace(self, name: str, values: Iterable[object]) -> None:
        """Replace all values of a name, which keeps its place; none removes it."""
        key = self._checked_key(name)
        texts = [_checked(str(value)) for value in values]
        self._read.pop(key, None)
        if texts:
            self._values[key] = texts
        else:
            self._values.pop(key, None)

    def replace_vias(self, vias: list[Via]) -> None:
        """Replace every Via by these, which need not be read again. Raises BadValue."""
        self._values["via"] = [_checked(str(via)) for via in vias]
        self._read["via"] = vias

    def remove(self, name: str) -> None:
        key = key_of(name)
        self._read.pop(key, None)
        self._values.pop(key, None)

    def get(self, name: str, default: str | None = None) -> str | None:
        """The first value."""
        values = self._values.get(key_of(name))
        return values[0] if values else default

    def all(self, name: str) -> list[str]:
        """Every value as it was written, lists not split."""
        return list(self._values.get(key_of(name), ()))

    def elements(self, name: str) -> list[str]:
        """Every value, comma-separated lists split."""
        return [part for value in self._values.get(key_of(name), ()) if value for part in split_list(value)]

    def tokens(self, name: str) -> frozenset[str]:
        """A list of tokens (Supported, Allow, …) as a set, as written."""
        return frozenset(self.elements(name))

    def count(self, name: str) -> int:
        return len(self._values.get(key_of(name), ()))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and key_of(name) in self._values

    def items(self) -> Iterator[tuple[str, str]]:
        for key, values in self._values.items():
            name = SPELLED.get(key) or self._spelled.get(key, key)
            for value in values:
                yield name, value

    def copy(self) -> "Headers":
        copied = Headers.trusted(dict(self._values), dict(self._spelled))
        copied._read = dict(self._read)
        return copied

    def copy_from(self, other: "Headers", *names: str) -> None:
        """Take over all values of these names, already checked, with what has been read of them."""
        for name in names:
            key = key_of(name)
            values = other._values.get(key)
            if values:
                self._values[key] = values
                if key in other._read:
                    self._read[key] = other._read[key]

    def way_back(self, to_tag: str | None) -> "Headers":
        """Via, From, To, Call-ID and CSeq for a response; `to_tag` is added where To has none.

        A To that cannot be read goes back as it came. Raises BadValue for a tag that would break the line.
        """
        mine = self._values
        try:
            to = mine["to"]
            values = {
                "via": mine["via"],
                "from": mine["from"],
                "to": to,
                "call-id": mine["call-id"],
                "cseq": mine["cseq"],
            }
        except KeyError:  # of a message that is refused because of it
            to = mine.get("to")
            values = {key: mine[key] for key in _WAY_BACK if key in mine}
        tagged = to_tag is not None and to is not None and self._lacks_tag(to[0])
        if tagged and to is not None:
            values["to"] = [f"{to[0]};tag={_checked(to_tag or '')}"]
        copied = Headers.trusted(values, {})
        if self._read:
            left = "to" if tagged else ""
            copied._read = {key: self._read[key] for key in _WAY_BACK if key in self._read and key != left}
        return copied

    def _lacks_tag(self, to: str) -> bool:
        if "tag" not in to.lower():
            return True
        try:
            return self.to.tag is None
        except BadValue:
            return False

    def write(self, start: str) -> str:
        """The start line and, each with its line break before it, the headers.

        Content-Length is the message's own business.
        """
        text = start
        for key, values in self._values.items():
            if key == "content-length":
                continue
            name = SPELLED.get(key) or self._spelled.get(key, key)
            for value in values:
                text += f"\r\n{name}: {value}"
        return text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Headers) and self._values == other._values

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Headers({list(self.items())!r})"

    def _checked_key(self, name: str) -> str:
        key = key_of(name)
        if key not in SPELLED:
            self._spelled.setdefault(key, name)
        return key

    def _put(self, name: str, value: str, *, first: bool) -> None:
        key = self._checked_key(name)
        _checked(value)
        values = self._values.get(key, [])
        self._values[key] = [value, *values] if first else [*values, value]
        self._read.pop(key, None)

    # --- typed -------------------------------------------------------------------------------------

    def one(self, key: str, read: Callable[[str], T]) -> T:
        """The only value of `key`, read once. Raises BadValue when missing, repeated or malformed."""
        found = self._read.get(key)
        if found is None:
            values = self._values.get(key)
            if values is None:
                raise BadValue(f"missing {SPELLED.get(key, key)}")
            if len(values) > 1:
                raise BadValue(f"repeated {SPELLED.get(key, key)}")
            try:
                found = self._read[key] = read(values[0])
            except BadValue as bad:
                raise BadValue(f"{SPELLED.get(key, key)}: {bad}") from None
        return cast(T, found)

    def maybe(self, key: str, read: Callable[[str], T]) -> T | None:
        return self.one(key, read) if key in self._values else None

    def many(self, key: str, read: Callable[[str], T]) -> list[T]:
        """All elements of `key`, read once; none: []. Raises BadValue."""
        found = self._read.get(key)
        if found is None:
            values = self._values.get(key)
            if values is None:
                return []
            try:
                found = self._read[key] = [read(part) for value in values for part in split_list(value)]
            except BadValue as bad:
                raise BadValue(f"{SPELLED.get(key, key)}: {bad}") from None
        return cast(list[T], found)

    @property
    def via(self) -> list[Via]:
        return self.many("via", read_via)

    @property
    def from_(self) -> NameAddr:
        return self.one("from", read_name_addr)

    @property
    def to(self) -> NameAddr:
        return self.one("to", read_name_addr)

    @property
    def call_id(self) -> str:
        return self.one("call-id", _read_call_id)

    @property
    def cseq(self) -> CSeq:
        return self.one("cseq", read_cseq)

    @property
    def contacts(self) -> list[NameAddr]:
        """The contacts; `Contact: *` reads as one whose URI has the scheme `*`."""
        return self.many("contact", read_contact)

    @property
    def routes(self) -> list[NameAddr]:
        return self.many("route", read_name_addr)

    @property
    def record_routes(self) -> list[NameAddr]:
        return self.many("record-route", read_name_addr)

    @property
    def max_forwards(self) -> int | None:
        return self.maybe("max-forwards", _read_hops)

    @property
    def expires_s(self) -> int | None:
        """Seconds, at most 2^32-1 (larger ones count as that); malformed ones are as good as absent."""
        value = self.get("Expires")
        if value is None or not (value.isascii() and value.isdigit()):
            return None
        return min(int(value[:20]), MOST_CSEQ)

    @property
    def content_type(self) -> MediaType | None:
        return self.maybe("content-type", read_media_type)

    @property
    def content_length(self) -> int | None:
        return self.maybe("content-length", _read_length)

    @property
    def require(self) -> frozenset[str]:
        return self.tokens("Require")

    @property
    def supported(self) -> frozenset[str]:
        return self.tokens("Supported")

    @property
    def allow(self) -> frozenset[str]:
        return self.tokens("Allow")


def read_contact(text: str) -> NameAddr:
    return NameAddr(Uri("*")) if text == "*" else read_name_addr(text)


def _read_hops(text: str) -> int:
    return read_number(text, 255)


def _read_length(text: str) -> int:
    return read_number(text, MOST_CSEQ)


def _read_call_id(text: str) -> str:
    if not text or " " in text or "\t" in text:
        raise BadValue("malformed")
    return text


def _checked(value: str) -> str:
    if "\r" in value or "\n" in value:
        raise BadValue("line break in a header")
    return value
