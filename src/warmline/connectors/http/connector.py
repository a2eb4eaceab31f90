"""The HTTP connector: backends called by name, in time, without hammering one that is down."""

import asyncio
import contextlib
import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime

from warmline.connectors.http.answer import read_answer
from warmline.connectors.http.breaker import Breaker
from warmline.connectors.http.config import HttpConnectorConfig, Operation
from warmline.connectors.http.request import build_request, check_config
from warmline.kernel.errors import ProviderFailed, Refused
from warmline.ports.connector import ConnectorHealth, Outbound, TaskContext, TaskHandler

RETRY_WAIT_S = 0.2


class HttpConnector:
    """One backend of one tenant. Raises Refused (bad_connector) when its configuration is unusable."""

    def __init__(self, config: HttpConnectorConfig, outbound: Outbound, now: Callable[[], datetime]) -> None:
        check_config(config)
        self.config = config
        self._outbound = outbound
        self._now = now
        self._breaker = Breaker(config.trip_after, config.rest_s)

    def health(self) -> ConnectorHealth:
        """Return what is known of the backend now."""
        breaker = self._breaker
        return ConnectorHealth(
            self.config.name, breaker.availability, breaker.since, breaker.failures, breaker.last_error
        )

    async def call(self, operation: str, args: dict[str, object], key: str) -> dict[str, object]:
        """Run an operation. `key` identifies this wish across repetitions.

        Raises ProviderFailed; retryable unless repeating cannot help.
        """
        spec = self.config.operations[operation]
        try:
            request = build_request(self.config, spec, args, key)
        except KeyError as missing:
            raise ProviderFailed(f"{operation} was called without {missing}.", retryable=False) from None
        except ValueError as unfit:
            raise ProviderFailed(f"{operation} cannot be called: {unfit}.", retryable=False) from None
        deadline = asyncio.get_running_loop().time() + spec.timeout_s
        tries = self.config.tries if spec.repeatable else 1
        for attempt in range(1, tries + 1):
            left_s = deadline - asyncio.get_running_loop().time()
            try:
                return await self._once(operation, spec, left_s, request.method, request.url, request.headers,
                                        request.body)  # fmt: skip
            except ProviderFailed as failure:
                left_s = deadline - asyncio.get_running_loop().time()
                if not failure.retryable or attempt == tries or left_s <= 2 * RETRY_WAIT_S:
                    raise
                await asyncio.sleep(RETRY_WAIT_S)
        raise AssertionError("the loop above returns or raises")

    async def probe(self) -> ConnectorHealth:
        """Ask the backend's health page, so that its availability is known before a customer needs it."""
        if self.config.health_path is not None:
            probe = Operation("GET", self.config.health_path, timeout_s=2.0)
            request = build_request(self.config, probe, {}, "")
            with contextlib.suppress(ProviderFailed, Refused):  # what went wrong is in health()
                await self._once(
                    "health", probe, probe.timeout_s, request.method, request.url, request.headers, None
                )
        return self.health()

    async def watch(self, every_s: float = 15.0) -> None:
        """Probe for ever; run it as a background task."""
        while True:
            await self.probe()
            await asyncio.sleep(every_s)

    def handler(self, operation: str) -> TaskHandler:
        """Return `operation` as a task of journeys."""

        async def run(context: TaskContext, args: dict[str, object]) -> dict[str, object]:
            secret = self.config.operations[operation].secret
            plain = {name: value for name, value in args.items() if name not in secret}
            if secret:  # not even their digest is in the key: few are possible
                plain["task"] = context.task_id.partition("#")[0]  # the same for every attempt
            return await self.call(operation, args, wish_key(context, operation, plain))

        return run

    async def _once(
        self,
        name: str,
        spec: Operation,
        timeout_s: float,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes | None,
    ) -> dict[str, object]:
        if not self._breaker.allows(self._now()):
            raise ProviderFailed(f"{self.config.name} is down; it is left alone for a while.", retryable=True)
        try:
            async with asyncio.timeout(timeout_s):
                answer = await self._outbound(
                    self.config.tenant_id, method, url, headers=headers, body=body, timeout_s=timeout_s
                )
            result = read_answer(name, spec, answer)
        except TimeoutError:
            failure = ProviderFailed(f"{name} did not answer within {spec.timeout_s:g} s.", retryable=True)
            self._breaker.failed(self._now(), str(failure))
            raise failure from None
        except ProviderFailed as failure:
            if failure.retryable:
                self._breaker.failed(self._now(), str(failure))
            else:
                self._breaker.succeeded(self._now())  # it answered: the call was wrong, not the backend
            raise
        except BaseException as failure:
            self._breaker.failed(self._now(), type(failure).__name__)
            raise
        self._breaker.succeeded(self._now())
        return result


def wish_key(context: TaskContext, operation: str, args: dict[str, object]) -> str:
    """Return a key that is the same for every repetition of one customer's wish in one contact."""
    digest = hashlib.sha256(json.dumps(args, sort_keys=True, default=str).encode()).hexdigest()[:16]
    return f"{context.contact_id}:{operation}:{digest}"


def task_handlers(connectors: Sequence[HttpConnector]) -> dict[str, TaskHandler]:
    """Return every operation by name; each tenant reaches only its own backends."""
    by_name: dict[str, dict[str, TaskHandler]] = {}
    for connector in connectors:
        for operation in connector.config.operations:
            by_name.setdefault(operation, {})[connector.config.tenant_id] = connector.handler(operation)
    return {name: _per_tenant(name, handlers) for name, handlers in by_name.items()}


def _per_tenant(name: str, handlers: dict[str, TaskHandler]) -> TaskHandler:
    async def run(context: TaskContext, args: dict[str, object]) -> dict[str, object]:
        handler = handlers.get(context.tenant_id)
        if handler is None:
            raise ProviderFailed(f"No backend of this tenant offers {name}.", retryable=False)
        return await handler(context, args)

    return run
