"""The one way out over HTTP: where it goes is checked at the address it connects to, redirects included."""

import asyncio
import socket
import ssl
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Collection, Mapping

import httpx

from warmline.kernel.errors import ProviderFailed, Refused, declare
from warmline.ports.connector import OutboundAnswer
from warmline.runtime.address_rules import is_public

MAX_BYTES = 1_048_576
MAX_REDIRECTS = 3
MAX_CLIENTS = 64
MAX_AT_ONCE = 20  # connections to one host
FORBIDDEN_HOST = declare(
    "forbidden_host",
    403,
    "Warmline does not send requests to {host}.",
    "Use https and a public host, or have an operator add the host to the tenant's allow-list.",
)
_DROPPED_ON_OTHER_HOSTS = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key"})


class Egress:
    """Sends requests for tenants. `allowed(tenant_id)` names internal hosts it may reach: `host` or `host:port`.

    A host name is resolved once, every address is checked, and the connection goes to a checked address, so
    that a second look-up cannot lead inside. Environment proxies are ignored.
    """

    def __init__(self, allowed: Callable[[str], Collection[str]], *, max_bytes: int = MAX_BYTES) -> None:
        self._allowed = allowed
        self._max_bytes = max_bytes
        self._tls = ssl.create_default_context()
        # One client a tenant and host: a kept-alive connection is never shared between either.
        self._clients: OrderedDict[tuple[str, str], httpx.AsyncClient] = OrderedDict()

    async def __call__(
        self,
        tenant_id: str,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout_s: float,
    ) -> OutboundAnswer:
        """Send a request and read its answer. Raises Refused (forbidden_host) and ProviderFailed.

        `timeout_s` covers everything: look-up, redirects, the whole body. GET and HEAD follow redirects.
        """
        try:
            async with asyncio.timeout(timeout_s):
                return await self._follow(tenant_id, method, httpx.URL(url), dict(headers), body)
        except TimeoutError:
            raise ProviderFailed(f"No answer within {timeout_s:g} s.", retryable=True) from None
        except (httpx.InvalidURL, UnicodeError):
            raise Refused(FORBIDDEN_HOST, host="this address") from None
        except httpx.HTTPError as failure:
            raise ProviderFailed(f"The request failed: {type(failure).__name__}.", retryable=True) from None

    async def stream(
        self,
        tenant_id: str,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout_s: float,
    ) -> AsyncGenerator[bytes, None]:
        """Yield an answer's body while it arrives, as `OutboundStream` promises; no redirects, no `max_bytes`.

        Closing the generator ends the connection. Raises Refused (forbidden_host) and ProviderFailed.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        response: httpx.Response | None = None
        try:
            async with asyncio.timeout_at(deadline):
                target = httpx.URL(url)
                response = await self._send(tenant_id, method, target, dict(headers), body)
            if response.status_code != 200:
                raise ProviderFailed(f"The answer was {response.status_code}.", retryable=response.is_server_error)
            pieces = response.aiter_raw()
            while True:
                try:
                    async with asyncio.timeout_at(deadline):
                        piece = await anext(pieces)
                except StopAsyncIteration:
                    return
                yield piece
        except TimeoutError:
            raise ProviderFailed(f"No answer within {timeout_s:g} s.", retryable=True) from None
        except (httpx.InvalidURL, UnicodeError):
            raise Refused(FORBIDDEN_HOST, host="this address") from None
        except httpx.HTTPError as failure:
            raise ProviderFailed(f"The request failed: {type(failure).__name__}.", retryable=True) from None
        finally:
            if response is not None:
                await response.aclose()

    async def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    async def _follow(
        self, tenant_id: str, method: str, url: httpx.URL, headers: dict[str, str], body: bytes | None
    ) -> OutboundAnswer:
        for _ in range(MAX_REDIRECTS + 1):
            response = await self._send(tenant_id, method, url, headers, body)
            try:
                target = response.headers.get("location")
                if method not in ("GET", "HEAD") or not response.is_redirect or target is None:
                    return OutboundAnswer(response.status_code, await self._read(response))
            finally:
                await response.aclose()
            following = url.join(target)
            if (following.scheme, following.host, following.port) != (url.scheme, url.host, url.port):
                headers = {k: v for k, v in headers.items() if k.lower() not in _DROPPED_ON_OTHER_HOSTS}
            url = following
        raise ProviderFailed(f"More than {MAX_REDIRECTS} redirects.", retryable=False)

    async def _send(
        self, tenant_id: str, method: str, url: httpx.URL, headers: dict[str, str], body: bytes | None
    ) -> httpx.Response:
        address = await self.resolve(tenant_id, url)
        request = httpx.Request(
            method,
            url.copy_with(host=address),
            headers={**headers, "Host": _host_header(url), "Accept-Encoding": "identity"},
            content=body,
            extensions={"sni_hostname": url.host},
        )
        client = await self._client(tenant_id, url)
        return await client.send(request, stream=True)

    async def resolve(self, tenant_id: str, url: httpx.URL) -> str:
        """Return the checked address to connect to. Raises Refused (forbidden_host), ProviderFailed."""
        host = url.host
        port = url.port or {"http": 80, "https": 443}.get(url.scheme, 0)
        if url.scheme not in ("http", "https") or not host or url.userinfo:
            raise Refused(FORBIDDEN_HOST, host=host or "this address")
        allowed = self._allowed(tenant_id)
        admitted = host in allowed or f"{host}:{port}" in allowed
        if url.scheme == "http" and not admitted:
            raise Refused(FORBIDDEN_HOST, host=host)
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            raise ProviderFailed(f"The host {host} has no address.", retryable=True) from None
        addresses = [str(entry[4][0]) for entry in found]
        # One inside address among public ones is an attack, not a choice.
        if not admitted and not all(is_public(address) for address in addresses):
            raise Refused(FORBIDDEN_HOST, host=host)
        return addresses[0]

    async def _client(self, tenant_id: str, url: httpx.URL) -> httpx.AsyncClient:
        key = (tenant_id, f"{url.scheme}://{_host_header(url)}")
        client = self._clients.get(key)
        if client is None:
            client = self._clients[key] = httpx.AsyncClient(
                verify=self._tls,
                trust_env=False,
                follow_redirects=False,
                timeout=None,  # noqa: S113 - the whole exchange has its limit
                limits=httpx.Limits(max_connections=MAX_AT_ONCE, max_keepalive_connections=5, keepalive_expiry=15),
            )
            while len(self._clients) > MAX_CLIENTS:
                _, oldest = self._clients.popitem(last=False)
                await oldest.aclose()
        self._clients.move_to_end(key)
        return client

    async def _read(self, response: httpx.Response) -> bytes:
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise ProviderFailed("The answer is compressed, which was not asked for.", retryable=False)
        read = bytearray()
        async for chunk in response.aiter_raw():
            read += chunk
            if len(read) > self._max_bytes:
                raise ProviderFailed(f"The answer is longer than {self._max_bytes} bytes.", retryable=False)
        return bytes(read)


def _host_header(url: httpx.URL) -> str:
    return url.netloc.decode("ascii")
