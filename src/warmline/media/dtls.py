"""DTLS-SRTP (RFC 5763, 5764): we are the passive side, the browser's certificate must be the one its SDP named.

OpenSSL works on memory; what it wants to send is cut into datagrams here. Nobody may speak to it before ICE has
proved its address (the caller's duty), which is why no cookie exchange is needed against spoofed hellos.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_network

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from OpenSSL import SSL

from warmline.media.srtp import AES80, GCM, SrtpKeys, SrtpProfile

MTU_BYTES = 1200
HANDSHAKE_S = 8.0  # two flights, each lost twice and sent again after 1 and 2 s
RENEWED_AFTER_S = 86_400.0
# Nobody looks at the dates, for the fingerprint says whose it is; so wide that no wrong clock can matter.
VALID_FROM, VALID_UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)
IN_FLIGHT_AT_MOST = 64
IN_FLIGHT_FROM_ONE = 16  # of one address: an office behind one router begins few calls in one moment
DATAGRAMS_AT_MOST = 64
RECORD_HEADER = 13
DTLS_1_2 = 0xFEFD  # pyOpenSSL has no name for it
EXPORTER = b"EXTRACTOR-dtls_srtp"
PROFILES = (GCM, AES80)
CIPHERS = b"ECDHE+AESGCM:ECDHE+CHACHA20:!aRSA+SHA1:!aNULL"
# Hash functions good enough to name a certificate, the preferred one first (RFC 8122 §5).
HASHES = {"sha-256": hashes.SHA256(), "sha-384": hashes.SHA384(), "sha-512": hashes.SHA512()}


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`a=fingerprint`: the hash function in small letters, the value in capitals with colons."""

    function: str
    value: str

    def line(self) -> str:
        return f"{self.function} {self.value}"


def strongest(values: Sequence[str]) -> tuple[Fingerprint, ...]:
    """Return the fingerprints to compare with: all of the best function among the values of `a=fingerprint`.

    Browsers and aiortc name several functions; those that are broken or unknown do not count.
    """
    read = [(parts[0].lower(), parts[1].upper()) for value in values[:16] if len(parts := value.split()) == 2]
    best = next((function for function in HASHES if any(function == name for name, _ in read)), None)
    return tuple(Fingerprint(name, value) for name, value in read if name == best)


class DtlsIdentity:
    """A self-signed certificate with its key, which never leaves the process, and what OpenSSL makes of it."""

    def __init__(self, now_s: float) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "warmline")])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(VALID_FROM)
            .not_valid_after(VALID_UNTIL)
            .sign(key, hashes.SHA256())
        )
        self.made_at_s = now_s
        self.fingerprint = fingerprint_of(certificate, "sha-256")
        context = SSL.Context(SSL.DTLS_SERVER_METHOD)
        context.set_min_proto_version(DTLS_1_2)
        context.set_cipher_list(CIPHERS)
        context.set_options(SSL.OP_NO_QUERY_MTU | SSL.OP_NO_TICKET | SSL.OP_NO_RENEGOTIATION)
        context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
        context.set_tlsext_use_srtp(b":".join(profile.dtls.encode() for profile in PROFILES))
        # Who it is tells the fingerprint in the SDP, no chain; it is compared when the handshake is done.
        context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *_: True)
        context.use_certificate(certificate)
        context.use_privatekey(key)
        self.context = context


def fingerprint_of(certificate: x509.Certificate, function: str) -> Fingerprint:
    """Return a certificate's fingerprint; `function` is one of HASHES."""
    return Fingerprint(function, certificate.fingerprint(HASHES[function]).hex(":").upper())


class DtlsServer:
    """A worker's identity, renewed every day, and how many handshakes it has under way, and from whom."""

    def __init__(
        self, in_flight_at_most: int = IN_FLIGHT_AT_MOST, from_one_at_most: int = IN_FLIGHT_FROM_ONE
    ) -> None:
        self.in_flight = 0
        self._at_most = in_flight_at_most
        self._from_one_at_most = from_one_at_most
        self._from: dict[str, int] = {}
        self._identity: DtlsIdentity | None = None

    def identity(self, now_s: float) -> DtlsIdentity:
        """Return the identity for a leg that begins at `now_s` (monotonic); older legs keep theirs."""
        if self._identity is None or now_s - self._identity.made_at_s >= RENEWED_AFTER_S:
            self._identity = DtlsIdentity(now_s)
        return self._identity

    def begin(
        self, identity: DtlsIdentity, expected: Sequence[Fingerprint], now_s: float, source: str = ""
    ) -> "DtlsHandshake | None":
        """Return a new handshake, None while too many are under way: the browser sends its hello again.

        `source` is the address it comes from, which may have only a share of them.
        """
        whose = _network(source)
        if self.in_flight >= self._at_most or self._from.get(whose, 0) >= self._from_one_at_most:
            return None
        self.in_flight += 1
        self._from[whose] = self._from.get(whose, 0) + 1
        return DtlsHandshake(self, identity, expected, now_s, whose)

    def left(self, whose: str) -> None:
        """Make room: a handshake from there is done."""
        self.in_flight -= 1
        self._from[whose] -= 1
        if not self._from[whose]:
            del self._from[whose]


class DtlsHandshake:
    """One association. `keys` are there when it is done, `failed` says why it never will be."""

    def __init__(
        self,
        server: DtlsServer,
        identity: DtlsIdentity,
        expected: Sequence[Fingerprint],
        now_s: float,
        whose: str,
    ) -> None:
        self.keys: SrtpKeys | None = None
        self.failed = ""
        self.closed = False  # by the other side, after it was up
        self._expected = tuple(expected)
        self._server = server
        self._whose = whose
        self._counted = True
        self._until_s = now_s + HANDSHAKE_S
        self._ssl = SSL.Connection(identity.context, None)
        self._ssl.set_accept_state()
        self._ssl.set_ciphertext_mtu(MTU_BYTES)

    @property
    def done(self) -> bool:
        """Whether nothing more is to be waited for."""
        return self.keys is not None or bool(self.failed)

    def received(self, datagram: bytes | bytearray | memoryview) -> list[bytes]:
        """Take a datagram, return those to send."""
        if self.failed or not len(datagram):
            return []
        self._ssl.bio_write(bytes(datagram))
        return self._work()

    def waited(self, now_s: float) -> list[bytes]:
        """Return what is to be sent again by now; call it every few ticks until `done`."""
        if self.done:
            return []
        if now_s >= self._until_s:
            self._fail("the handshake took too long")
            return []
        try:
            due = self._ssl.DTLSv1_get_timeout()
            if due is not None and due <= 0:
                self._ssl.DTLSv1_handle_timeout()
        except SSL.Error:
            self._fail("the other side is silent")
        return self._sent()

    def close(self) -> list[bytes]:
        """End the association; return the alert that tells the other side."""
        self._leave_flight()
        if self.failed or self.keys is None:
            self.failed = self.failed or "closed"
            return []
        try:
            self._ssl.shutdown()
        except SSL.Error:
            return []
        return self._sent()

    def _work(self) -> list[bytes]:
        try:
            if self.keys is None:
                self._ssl.do_handshake()
                self._compare()
            else:
                # Nothing is said here; reading answers a last flight that was lost, and hears the end.
                self._ssl.recv(1)
        except SSL.WantReadError:
            pass
        except SSL.ZeroReturnError:
            self.closed = True
        except SSL.Error:
            if self.keys is None:
                self._fail("the handshake was refused")
        return self._sent()

    def _compare(self) -> None:
        certificate = self._ssl.get_peer_certificate(as_cryptography=True)
        profile = _profile(self._ssl.get_selected_srtp_profile())
        if certificate is None or profile is None:
            self._fail("no common SRTP profile" if profile is None else "no certificate")
            return
        matches = [
            hmac.compare_digest(fingerprint_of(certificate, one.function).value.encode(), one.value.encode())
            for one in self._expected
        ]
        if not any(matches):
            self._fail("the certificate is not the one the SDP named")
            return
        self.keys = _keys(self._ssl, profile)
        self._leave_flight()

    def _sent(self) -> list[bytes]:
        try:
            return datagrams(self._ssl.bio_read(65536))
        except SSL.Error:
            return []

    def _fail(self, why: str) -> None:
        self.failed = why
        self._leave_flight()

    def _leave_flight(self) -> None:
        if self._counted:
            self._counted = False
            self._server.left(self._whose)


def _network(source: str) -> str:
    """Whoever has an IPv6 address has all of its /64."""
    if ":" not in source:
        return source
    try:
        return str(ip_network((source.partition("%")[0], 64), strict=False))
    except ValueError:
        return source


def datagrams(records: bytes, mtu: int = MTU_BYTES) -> list[bytes]:
    """Cut a row of DTLS records into datagrams of whole records, as few as fit into `mtu` bytes."""
    found: list[bytes] = []
    start = at = 0
    while at + RECORD_HEADER <= len(records):
        end = at + RECORD_HEADER + int.from_bytes(records[at + 11 : at + 13], "big")
        if end - start > mtu and at > start:
            found.append(records[start:at])
            start = at
        at = end
    if start < len(records):
        found.append(records[start:])
    return found[:DATAGRAMS_AT_MOST]


def _profile(name: bytes) -> SrtpProfile | None:
    return next((profile for profile in PROFILES if profile.dtls.encode() == name), None)


def _keys(ssl: SSL.Connection, profile: SrtpProfile) -> SrtpKeys:
    """Return both directions' keys of the exported material (RFC 5764 §4.2); we are the server."""
    key, salt = profile.key_bytes, profile.salt_bytes
    material = ssl.export_keying_material(EXPORTER, 2 * (key + salt))
    client_key, server_key = material[:key], material[key : 2 * key]
    client_salt, server_salt = material[2 * key : 2 * key + salt], material[2 * key + salt :]
    return SrtpKeys(profile, send=server_key + server_salt, receive=client_key + client_salt)
