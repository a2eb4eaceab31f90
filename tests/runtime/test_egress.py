"""Requests go where the tenant may send them, and nowhere inside, whatever the address pretends to be."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from warmline.kernel.errors import ProviderFailed, Refused
from warmline.runtime.egress import Egress

Answer = Callable[[bytes], bytes]


class Backend:
    """A small HTTP server on the loopback interface that answers by path and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.requests: list[str] = []
        self.port = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.requests.append(head)
        path = head.split(" ")[1]
        if path == "/never":
            await reader.read()
        writer.write(self.answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))
        await writer.drain()
        writer.close()


def ok(body: bytes, extra: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {len(body)}\r\n{extra}\r\n".encode() + body


def redirect(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: {to}\r\n\r\n".encode()


@pytest_asyncio.fixture
async def backend() -> AsyncIterator[Backend]:
    one = Backend()
    server = await asyncio.start_server(one.talk, "127.0.0.1", 0)
    one.port = server.sockets[0].getsockname()[1]
    yield one
    server.close()


@pytest_asyncio.fixture
async def egress(backend: Backend) -> AsyncIterator[Egress]:
    """May reach the backend for 'onda' only."""
    allowed = {"onda": {f"127.0.0.1:{backend.port}", f"localhost:{backend.port}"}}
    one = Egress(lambda tenant_id: allowed.get(tenant_id, set()), max_bytes=1000)
    yield one
    await one.close()


async def get(egress: Egress, url: str, tenant_id: str = "onda", timeout_s: float = 5.0) -> bytes:
    headers = {"Authorization": "Bearer key", "X-Trace": "1"}
    answer = await egress(tenant_id, "GET", url, headers=headers, body=None, timeout_s=timeout_s)
    return answer.body


async def test_an_admitted_internal_backend_answers(egress: Egress, backend: Backend) -> None:
    backend.answers["/order"] = ok("주문".encode())
    assert (await get(egress, f"http://localhost:{backend.port}/order")).decode() == "주문"
    assert f"host: localhost:{backend.port}" in backend.requests[0].lower()


async def test_a_body_is_sent_and_the_status_returned(egress: Egress, backend: Backend) -> None:
    url = f"http://127.0.0.1:{backend.port}/refund"
    answer = await egress("onda", "POST", url, headers={}, body=b"{}", timeout_s=5)
    assert (answer.status, answer.body) == (404, b"")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/", "http://localhost:{port}/", "https://127.0.0.1:{port}/",
        "https://0177.0.0.1:{port}/", "https://2130706433:{port}/", "https://①②⑦.⓪.⓪.①:{port}/",
        "https://[::1]:{port}/", "https://[::ffff:127.0.0.1]:{port}/", "https://[64:ff9b::7f00:1]:{port}/",
        "https://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "gopher://127.0.0.1:{port}/",
        "https://user:password@127.0.0.1:{port}/", "http://8.8.8.8/", "https://", "nonsense",
    ],
)  # fmt: skip
async def test_a_tenant_without_admission_reaches_nothing_inside(
    egress: Egress, backend: Backend, url: str
) -> None:
    with pytest.raises((Refused, ProviderFailed)):
        await get(egress, url.format(port=backend.port), tenant_id="rival", timeout_s=2)
    assert backend.requests == []


async def test_a_redirect_to_the_inside_is_refused(egress: Egress, backend: Backend) -> None:
    backend.answers["/away"] = redirect("http://169.254.169.254/latest/")
    with pytest.raises(Refused, match="forbidden_host"):
        await get(egress, f"http://127.0.0.1:{backend.port}/away")


async def test_a_redirect_to_another_host_does_not_carry_the_credentials(egress: Egress, backend: Backend) -> None:
    backend.answers["/moved"] = redirect(f"http://localhost:{backend.port}/here")
    backend.answers["/here"] = ok(b"here")
    assert await get(egress, f"http://127.0.0.1:{backend.port}/moved") == b"here"
    assert "authorization" in backend.requests[0].lower()
    assert "authorization" not in backend.requests[1].lower()
    assert "x-trace" in backend.requests[1].lower()


async def test_endless_redirects_huge_compressed_and_silent_answers_fail(egress: Egress, backend: Backend) -> None:
    base = f"http://127.0.0.1:{backend.port}"
    backend.answers["/loop"] = redirect("/loop")
    backend.answers["/huge"] = ok(b"x" * 1001)
    backend.answers["/packed"] = ok(b"x", "Content-Encoding: gzip\r\n")
    for path, text in (("/loop", "redirects"), ("/huge", "longer"), ("/packed", "compressed")):
        with pytest.raises(ProviderFailed, match=text) as failed:
            await get(egress, base + path)
        assert not failed.value.retryable
    with pytest.raises(ProviderFailed, match="No answer within") as failed:
        await get(egress, f"{base}/never", timeout_s=0.2)
    assert failed.value.retryable


async def test_a_backend_that_is_down_may_be_tried_again(egress: Egress, backend: Backend) -> None:
    backend.answers["/broken"] = b""
    with pytest.raises(ProviderFailed) as failed:
        await get(egress, f"http://127.0.0.1:{backend.port}/broken")
    assert failed.value.retryable


async def pieces(egress: Egress, url: str, tenant_id: str = "onda", timeout_s: float = 5.0) -> bytes:
    answer = egress.stream(tenant_id, "POST", url, headers={}, body=b"{}", timeout_s=timeout_s)
    return b"".join([piece async for piece in answer])


async def test_a_long_answer_streams_beyond_the_limit_of_whole_answers(backend: Backend, egress: Egress):
    backend.answers["/audio"] = ok(b"a" * 5000)
    assert await pieces(egress, f"http://127.0.0.1:{backend.port}/audio") == b"a" * 5000


async def test_a_stream_goes_only_where_the_tenant_may_send(backend: Backend, egress: Egress):
    with pytest.raises(Refused, match="forbidden_host"):
        await pieces(egress, f"http://127.0.0.1:{backend.port}/audio", tenant_id="acme")
    assert backend.requests == []


async def test_a_stream_that_is_refused_redirected_or_late_fails_with_words(backend: Backend, egress: Egress):
    backend.answers["/moved"] = redirect("https://169.254.169.254/latest")
    for path, words in (("/nowhere", "404"), ("/moved", "302"), ("/never", "No answer within")):
        with pytest.raises(ProviderFailed, match=words):
            await pieces(egress, f"http://127.0.0.1:{backend.port}{path}", timeout_s=0.5)


async def test_who_stops_reading_a_stream_gives_the_connection_back(backend: Backend, egress: Egress):
    backend.answers["/audio"] = ok(b"a" * 500_000)
    url = f"http://127.0.0.1:{backend.port}/audio"
    for _ in range(30):  # more than one host may have open at once
        answer = egress.stream("onda", "POST", url, headers={}, body=None, timeout_s=5.0)
        assert await anext(answer)
        await answer.aclose()
