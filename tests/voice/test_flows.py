"""Sockets and connections of an endpoint."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.free_ports import free_port
from tests.sip.playbook import request
from tests.voice.conftest import OpenHouse, until

from warmline.sip.uri import read_uri
from warmline.voice.call import way_to
from warmline.voice.flows import Known, is_address, own_address
from warmline.voice.limits import Listen
from warmline.voice.stream import StreamFlow


async def test_sources_we_wrote_to_are_known(house: OpenHouse):
    known = Known()
    known.add("192.0.2.1", asyncio.get_running_loop().time())

    assert "192.0.2.1" in known
    assert "192.0.2.2" not in known


async def test_ipv6_is_answered_like_ipv4(house: OpenHouse):
    here = await house(listen=(Listen("udp", "::1", 0),))
    answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    class Peer(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
            answered.set_result(data)

    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        Peer, remote_addr=("::1", here.port())
    )
    transport.sendto(request("OPTIONS").encode())

    assert b"received=::1" in await asyncio.wait_for(answered, 5)
    transport.close()


async def test_an_address_that_is_taken_is_told_at_once(house: OpenHouse):
    here = await house()

    with pytest.raises(OSError, match="use"):
        await house(listen=(Listen("udp", "127.0.0.1", here.port()),))


async def test_a_connection_nobody_accepts_is_forgotten(house: OpenHouse):
    here = await house()

    flow = here.endpoint.flows.to("tcp", "127.0.0.1", free_port())
    assert flow is not None
    async with asyncio.timeout(5):
        while flow.open:
            await asyncio.sleep(0.01)

    assert not flow.send(b"late")


def test_addresses_are_told_from_names():
    assert is_address("2001:db8::1")
    assert not is_address("carrier.example")
    assert own_address("127.0.0.1") == "127.0.0.1"


def papers(folder: Path) -> Listen:
    """A TLS port whose certificate anybody may have written."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sip.carrier.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("sip.carrier.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    private, none = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, private, none))
    return Listen("tls", "127.0.0.1", 0, certificate=str(folder / "cert.pem"), key=str(folder / "key.pem"))


async def test_a_call_that_connects_anew_by_tls_looks_at_the_certificate_again(house: OpenHouse, tmp_path: Path):
    there, here = await house(listen=(papers(tmp_path),)), await house()
    flows = here.endpoint.flows
    port = there.port("tls")
    unchecked = flows.to("tls", "127.0.0.1", port)
    assert isinstance(unchecked, StreamFlow)
    await until(lambda: unchecked.local_port > 0, "connected with whom we need not know")
    assert flows.to("tls", "127.0.0.1", port) is unchecked

    carrier_s = flows.to("tls", "127.0.0.1", port, verify="sip.carrier.example")
    assert carrier_s is not None
    assert carrier_s is not unchecked, "nobody has looked at that one's certificate"
    await until(lambda: not carrier_s.open, "refused: nobody vouches for the certificate")
    hop = read_uri(f"sip:127.0.0.1:{port};transport=tls")
    again = way_to(flows, hop, carrier_s, routed=False, verify=carrier_s.verify)
    assert again is not carrier_s
    await until(lambda: not again.open, "refused again")
    assert unchecked.open
    unchecked.close()
    await until(lambda: not flows.connections and not there.endpoint.flows.connections, "both hung up")
