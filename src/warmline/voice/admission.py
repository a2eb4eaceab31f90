"""Who may call or register: a trunk by its address, a desk phone by digest. Everybody else hears the same."""

import secrets
import time
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from warmline.sip.digest import Algorithm, Credentials
from warmline.sip.digest_server import Counts, Guard, Nonces
from warmline.sip.grammar import BadValue
from warmline.sip.message import Request
from warmline.sip.uri import read_uri
from warmline.voice.directory import Directory, NumberState, Phone, Trunk

GUARDS_AT_MOST = 1_000


class Admitted(Struct, frozen=True):
    """Who it is."""

    tenant_id: str
    trunk: Trunk | None = None
    phone: Phone | None = None


class Turned(Struct, frozen=True):
    """Why not: a status and its headers."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()


_NO_PHONE = Phone("", "", "", "")
_NO_TRUNK = Trunk("", "", "")
_NUMBER_STATUS: dict[NumberState, Literal[404, 484]] = {"unknown": 404, "incomplete": 484}


class Admission:
    """Decides from the directory; keeps no state but nonces that carry their own proof."""

    def __init__(
        self,
        directory: Directory,
        algorithms: Sequence[Algorithm] = ("SHA-256", "MD5"),
        secret: bytes | None = None,
    ) -> None:
        self._directory = directory
        self._algorithms = algorithms
        self._nonces = Nonces(secret or secrets.token_bytes(32))
        self._counts = Counts()
        self._guards: dict[str, Guard] = {}

    def call(
        self, request: Request, host: str, called: str, registered: Trunk | None, instead: str | None = None
    ) -> Admitted | Turned:
        """Judge an INVITE from this address. `registered`: the trunk we are registered with there, if any.

        `instead`: the trunk of a running call whose place it wants; then it need not dial a number of ours.
        """
        if instead is not None and not self._claims_a_phone(request):
            line = self._directory.trunk_with(host, instead)
            if line is None and registered is not None and registered.id == instead:
                line = registered
            if line is not None:
                return Admitted(line.tenant_id, trunk=line)
        trunk = self._directory.trunk_at(host, called)
        if registered is not None and (trunk is None or self._directory.number(trunk, called) != "known"):
            trunk = registered  # its provider may be another company's as well
        if trunk is not None and not self._claims_a_phone(request):
            return self._number(trunk, called)
        found = self._proved(request)
        if isinstance(found, Turned):
            return found
        if found.trunk is None or found.trunk.id == instead:
            return found
        return self._number(found.trunk, called)

    def _claims_a_phone(self, request: Request) -> bool:
        """An office's desk phones may come from the address of its line: who says to be one has to prove it."""
        said = request.headers.from_.uri
        realm = said.host.lower()
        return (
            self._directory.realm(realm) == realm
            and self._directory.phone_named(said.user_text, realm) is not None
        )

    def registration(self, request: Request) -> Admitted | Turned:
        """Judge a REGISTER: a desk phone, for its own extension."""
        found = self._proved(request)
        if isinstance(found, Admitted) and found.phone is None:
            return Turned(403)
        if isinstance(found, Admitted) and found.phone is not None:
            to = request.headers.to.uri
            if to.user_text != found.phone.user:
                return Turned(403)
        return found

    def _number(self, trunk: Trunk, called: str) -> Admitted | Turned:
        state = self._directory.number(trunk, called)
        status = _NUMBER_STATUS.get(state)
        return Admitted(trunk.tenant_id, trunk=trunk) if status is None else Turned(status)

    # --- digest --------------------------------------------------------------------------------------

    def _guard(self, realm: str) -> Guard:
        guard = self._guards.get(realm)
        if guard is None:
            if len(self._guards) >= GUARDS_AT_MOST:
                self._guards.clear()
            guard = self._guards[realm] = Guard(realm, self._nonces, self._counts, self._algorithms)
        return guard

    def _proved(self, request: Request) -> Admitted | Turned:
        """Known and unknown names take the same steps: a look-up, one digest, the same 401."""
        realm = self._directory.realm(request.headers.to.uri.host.lower())
        guard = self._guard(realm)
        credentials = guard.claimed(request.headers.all("Authorization"))
        phone = trunk = None
        secret = None
        if credentials is not None:
            phone = self._directory.phone_named(credentials.username, realm)
            trunk = self._directory.trunk_named(credentials.username, realm)
            secret = _secret(credentials, phone, trunk)
        now_s = time.time()
        checked = guard.check(credentials, secret, request.method, _proved_uri(request, credentials), now_s)
        if checked.verdict == "ok":
            if phone is not None:
                return Admitted(phone.tenant_id, phone=phone)
            if trunk is not None:
                return Admitted(trunk.tenant_id, trunk=trunk)
        challenges = guard.challenges(now_s, secrets.token_bytes(8), stale=checked.verdict == "stale")
        return Turned(401, tuple(("WWW-Authenticate", str(challenge)) for challenge in challenges))


def _secret(credentials: Credentials, phone: Phone | None, trunk: Trunk | None) -> str | None:
    """What is kept instead of the password; names nobody has go through the same steps as those that exist."""
    desk, line = phone or _NO_PHONE, trunk or _NO_TRUNK
    if _is_sha(credentials.algorithm):
        return desk.ha1_sha256 or line.inbound_ha1_sha256 or None
    return desk.ha1_md5 or line.inbound_ha1_md5 or None


def _proved_uri(request: Request, credentials: Credentials | None) -> str:
    """The URI a client must have proved: ours, or its own writing of it (many differ in port or parameters)."""
    text = str(request.uri)
    if credentials is None or credentials.uri == text:
        return text
    try:
        claimed = read_uri(credentials.uri)
    except BadValue:
        return text
    same = (claimed.user_text, claimed.host.lower()) == (request.uri.user_text, request.uri.host.lower())
    return credentials.uri if same else text


def _is_sha(algorithm: Algorithm) -> bool:
    return algorithm.startswith("SHA-256")
