"""Who may call us and whom we can call: what the endpoint asks, and an answer from memory."""

import hashlib
import ipaddress
from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from msgspec import Struct

from warmline.ports.telephone import Transport

NumberState = Literal["known", "incomplete", "unknown"]


class Trunk(Struct, frozen=True):
    """A carrier's line of one tenant.

    `addresses` are the IP addresses or networks it calls from. `host` is where we call it: an IP address, or a
    name (then SRV and address records count; with TLS the certificate must be for it). `user` and `password`
    answer its challenges, and register when `register` is set. `inbound_ha1_…` let it prove itself by digest
    instead of its address, as `inbound_user`. `caller_number` is shown where a call says nothing else.
    `calls_at_most`: both ways and all processes together; 0: any number. Times in seconds.
    """

    id: str
    tenant_id: str
    host: str
    port: int | None = None
    transport: Transport = "udp"
    addresses: tuple[str, ...] = ()
    domain: str = ""  # of our From and To; the host by default
    user: str = ""
    password: str = ""
    register: bool = False
    register_expires_s: int = 600
    keep_alive_s: int = 30  # OPTIONS; 0: none, the trunk counts as up
    order: int = 0  # lower is tried first
    inbound_user: str = ""
    inbound_ha1_md5: str = ""
    inbound_ha1_sha256: str = ""
    caller_number: str = ""
    calls_at_most: int = 0


class Phone(Struct, frozen=True):
    """A desk phone. `user` is its extension; the digests are of `user:realm:password` (RFC 2617, RFC 8760)."""

    id: str
    tenant_id: str
    user: str
    realm: str
    ha1_md5: str = ""
    ha1_sha256: str = ""
    name: str = ""


class Directory(Protocol):
    """What is known about trunks and phones: a snapshot in memory, so that known and unknown take equally long."""

    def trunks(self, tenant_id: str | None = None) -> Sequence[Trunk]:
        """Trunks in use, in the order they are tried; of all tenants when None."""
        ...

    def trunk_at(self, address: str, called: str) -> Trunk | None:
        """The trunk that calls from this IP address; of several, the one whose tenant has the number `called`."""
        ...

    def trunk_with(self, address: str, trunk_id: str) -> Trunk | None:
        """This trunk, if it calls from this IP address."""
        ...

    def is_trunk_address(self, address: str) -> bool: ...

    def trunk_named(self, user: str, realm: str) -> Trunk | None:
        """The trunk that proves itself under this `inbound_user`."""
        ...

    def phone_named(self, user: str, realm: str) -> Phone | None: ...

    def phone(self, phone_id: str) -> Phone | None: ...

    def realm(self, domain: str) -> str:
        """The realm to challenge with for requests to `domain`; a default one for domains we do not know."""
        ...

    def number(self, trunk: Trunk, called: str) -> NumberState:
        """Whether calls to this number are taken."""
        ...


def ha1(user: str, realm: str, password: str, algorithm: Literal["MD5", "SHA-256"] = "MD5") -> str:
    """The digest kept instead of a password. Source: RFC 7616, 3.4.2."""
    text = f"{user}:{realm}:{password}".encode()
    if algorithm == "SHA-256":
        return hashlib.sha256(text).hexdigest()
    return hashlib.md5(text, usedforsecurity=False).hexdigest()


class MemoryDirectory:
    """A directory of what it was given, for tests and the demo."""

    def __init__(
        self,
        trunks: Sequence[Trunk] = (),
        phones: Sequence[Phone] = (),
        *,
        default_realm: str = "warmline",
        numbers: Callable[[Trunk, str], NumberState] | None = None,
    ) -> None:
        self._trunks = sorted(trunks, key=lambda trunk: trunk.order)
        self._phones = {phone.id: phone for phone in phones}
        self._named = {(phone.user, phone.realm): phone for phone in phones}
        self._realms = {phone.realm for phone in phones}
        self._default_realm = default_realm
        self._numbers = numbers
        self._networks = [
            (ipaddress.ip_network(address, strict=False), trunk)
            for trunk in self._trunks
            for address in trunk.addresses
        ]

    def trunks(self, tenant_id: str | None = None) -> Sequence[Trunk]:
        return [trunk for trunk in self._trunks if tenant_id in (None, trunk.tenant_id)]

    def trunk_at(self, address: str, called: str) -> Trunk | None:
        ip = ipaddress.ip_address(address)
        found = [trunk for network, trunk in self._networks if ip in network]
        return next(
            (trunk for trunk in found if self.number(trunk, called) == "known"), found[0] if found else None
        )

    def trunk_with(self, address: str, trunk_id: str) -> Trunk | None:
        ip = ipaddress.ip_address(address)
        return next((trunk for network, trunk in self._networks if ip in network and trunk.id == trunk_id), None)

    def is_trunk_address(self, address: str) -> bool:
        ip = ipaddress.ip_address(address)
        return any(ip in network for network, _ in self._networks)

    def trunk_named(self, user: str, realm: str) -> Trunk | None:
        named = (t for t in self._trunks if t.inbound_user and t.inbound_user == user)
        return next(named, None) if realm == self._default_realm else None

    def phone_named(self, user: str, realm: str) -> Phone | None:
        return self._named.get((user, realm))

    def phone(self, phone_id: str) -> Phone | None:
        return self._phones.get(phone_id)

    def realm(self, domain: str) -> str:
        return domain if domain in self._realms else self._default_realm

    def number(self, trunk: Trunk, called: str) -> NumberState:
        return "known" if self._numbers is None else self._numbers(trunk, called)
