"""The server's side of digest: nonces nobody stores, counts nobody replays, the same work for unknown users."""

import base64
import binascii
import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from warmline.sip.digest import Algorithm, Challenge, Credentials, proves, read_credentials, secret_of
from warmline.sip.grammar import BadValue

Verdict = Literal["ok", "none", "stale", "wrong"]


class Checked(Struct, frozen=True):
    """`none`: no credentials of ours; `stale`: right, but with an old nonce (challenge again, no failure)."""

    verdict: Verdict
    username: str | None = None


class Nonces:
    """Nonces that carry their own time and proof: `time|random` and an HMAC over it and the realm.

    `secret` has at least 32 bytes and is the same on all nodes; `life_s` seconds.
    """

    def __init__(self, secret: bytes, life_s: int = 300) -> None:
        if len(secret) < 32:
            raise ValueError("The secret of nonces needs at least 32 bytes.")
        self._secret = secret
        self.life_s = life_s

    def make(self, realm: str, now_s: float, random: bytes) -> str:
        """A fresh nonce; `random` are 8 or more unguessable bytes."""
        body = int(now_s).to_bytes(8, "big") + random[:8].ljust(8, b"\0")
        return base64.urlsafe_b64encode(body + self._proof(realm, body)).decode()

    def age_s(self, nonce: str, realm: str, now_s: float) -> float | None:
        """How old a nonce of ours is; None: it is not ours, or from the future."""
        try:
            data = base64.b64decode(nonce.encode("ascii"), altchars=b"-_", validate=True)
        except (binascii.Error, UnicodeEncodeError):
            return None
        body, proof = data[:16], data[16:]
        if len(body) != 16 or not hmac.compare_digest(proof, self._proof(realm, body)):
            return None
        age = now_s - int.from_bytes(body[:8], "big")
        return age if age > -2 else None

    def _proof(self, realm: str, body: bytes) -> bytes:
        return hmac.new(self._secret, realm.encode() + b"\0" + body, hashlib.sha256).digest()[:16]


class Counts:
    """Which counts of a nonce were used: a window of 64 below the highest; the oldest of `most` nonces go."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._seen: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def take(self, nonce: str, count: int) -> bool:
        """Use a count; False when it was used before, or is too old to tell."""
        highest, window = self._seen.get(nonce, (0, 0))
        if count <= 0:
            return False
        if count > highest:
            shift = count - highest
            window = ((window << shift) | 1) & (2**64 - 1) if shift < 64 else 1
            highest = count
        else:
            bit = 1 << (highest - count) if highest - count < 64 else 0
            if not bit or window & bit:
                return False
            window |= bit
        self._seen[nonce] = (highest, window)
        self._seen.move_to_end(nonce)
        while len(self._seen) > self._most:
            self._seen.popitem(last=False)
        return True


class Guard:
    """Checks credentials for one realm. Without I/O: the directory is asked between `claimed` and `check`."""

    def __init__(
        self, realm: str, nonces: Nonces, counts: Counts, algorithms: Sequence[Algorithm] = ("SHA-256", "MD5")
    ) -> None:
        self.realm = realm
        self.algorithms = tuple(algorithms)
        self._nonces = nonces
        self._counts = counts
        self._nobody = {
            a: secret_of(a, "nobody", realm, nonces.make(realm, 0, b"nobody")) for a in self.algorithms
        }

    def challenges(self, now_s: float, random: bytes, *, stale: bool = False) -> list[Challenge]:
        """One challenge per algorithm, the best first (RFC 8760, 2.4)."""
        nonce = self._nonces.make(self.realm, now_s, random)
        return [Challenge(self.realm, nonce, algorithm, stale=stale) for algorithm in self.algorithms]

    def claimed(self, values: list[str]) -> Credentials | None:
        """The credentials meant for us among the values of (Proxy-)Authorization; others are ignored."""
        for value in values:
            try:
                credentials = read_credentials(value)
            except BadValue:
                continue
            if credentials.realm == self.realm and credentials.algorithm in self.algorithms:
                return credentials
        return None

    def check(
        self, credentials: Credentials | None, secret: str | None, method: str, uri: str, now_s: float
    ) -> Checked:
        """Judge what a client proves.

        `secret` is `secret_of(credentials.algorithm, …)` from the directory, None when it knows no such user: the
        same is computed then, and the answer is that of a wrong password. `uri` is the Request-URI as text.
        """
        if credentials is None:
            return Checked("none")
        expected = self._nobody[credentials.algorithm] if secret is None else secret
        right = proves(credentials, expected, method) and secret is not None and credentials.uri == uri
        age = self._nonces.age_s(credentials.nonce, self.realm, now_s)
        if age is None:
            return Checked("wrong" if not right else "stale", credentials.username)
        if not right:
            return Checked("wrong", credentials.username)
        if age > self._nonces.life_s:
            return Checked("stale", credentials.username)
        if credentials.qop is not None and not self._counts.take(credentials.nonce, credentials.nc):
            return Checked("stale", credentials.username)
        if credentials.qop is None and not self._counts.take(credentials.nonce, 1):
            return Checked("stale", credentials.username)
        return Checked("ok", credentials.username)
