"""The browser's side of ICE and DTLS, with OpenSSL's own client and no network: tests carry its datagrams."""

import secrets
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import SSL

from warmline.media import stun
from warmline.media.dtls import MTU_BYTES, datagrams, fingerprint_of
from warmline.media.srtp import AES80, GCM, SrtpKeys

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def made() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return certificate, key


class Browser:
    """The active side of the handshake, with OpenSSL's own client."""

    def __init__(self, profiles: bytes = b"SRTP_AES128_CM_SHA1_80") -> None:
        self.ufrag = secrets.token_hex(4)
        context = SSL.Context(SSL.DTLS_CLIENT_METHOD)
        context.set_options(SSL.OP_NO_QUERY_MTU)
        context.set_verify(SSL.VERIFY_PEER, lambda *_: True)
        context.set_tlsext_use_srtp(profiles)
        certificate, key = made()
        context.use_certificate(certificate)
        context.use_privatekey(key)
        self.fingerprint = fingerprint_of(certificate, "sha-256")
        self.ssl = SSL.Connection(context, None)
        self.ssl.set_connect_state()
        self.ssl.set_ciphertext_mtu(MTU_BYTES)
        self.connected = False

    def step(self, *incoming: bytes) -> list[bytes]:
        for datagram in incoming:
            self.ssl.bio_write(datagram)
            self._work()
        if not incoming:
            self._work()
        try:
            return datagrams(self.ssl.bio_read(65536))
        except SSL.WantReadError:
            return []

    def _work(self) -> None:
        try:
            self.ssl.do_handshake()
            self.connected = True
        except SSL.WantReadError:
            pass

    def keys(self) -> SrtpKeys:
        profile = GCM if b"GCM" in self.ssl.get_selected_srtp_profile() else AES80
        key, salt = profile.key_bytes, profile.salt_bytes
        material = self.ssl.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * (key + salt))
        ours = material[:key] + material[2 * key : 2 * key + salt]
        theirs = material[key : 2 * key] + material[2 * key + salt :]
        return SrtpKeys(profile, send=ours, receive=theirs)

    def lines(self, setup: str = "actpass") -> list[str]:
        """The media lines of its SDP, with the fingerprints in the order that fools the careless."""
        return [
            f"ice-ufrag:{self.ufrag}",
            "ice-pwd:" + "p" * 24,
            "fingerprint:sha-1 00:11",
            f"fingerprint:{self.fingerprint.line()}",
            f"setup:{setup}",
        ]

    def check(self, lines: list[str], nominate: bool = True) -> bytes:
        """A connectivity check against our SDP."""
        ours = dict(line.split(":", 1) for line in lines if ":" in line)
        attributes = [
            (stun.USERNAME, f"{ours['ice-ufrag']}:{self.ufrag}".encode()),
            (stun.PRIORITY, b"\x6e\x00\x01\xff"),
            (stun.ICE_CONTROLLING, bytes(8)),
            *([(stun.USE_CANDIDATE, b"")] if nominate else []),
        ]
        return stun.build(stun.BINDING_REQUEST, secrets.token_bytes(12), attributes, ours["ice-pwd"].encode())
