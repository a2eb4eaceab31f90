"""A backend that knows two people, a phone that keeps codes, and a clock that tests turn."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest_asyncio
from msgspec import Struct

from warmline.features.identity.policy import IdentityPolicy
from warmline.features.identity.tasks import IdentityTasks
from warmline.kernel.errors import ProviderFailed
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.connector import ContactPoint, TaskContext
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring


class Context(Struct, frozen=True):
    contact_id: UUID
    task_id: str = "t1"
    tenant_id: str = "onda"
    attempt: int = 1


class Backend:
    """Knows Minseo by order number, email and account; can be switched off."""

    def __init__(self) -> None:
        self.down = False
        self.minseo = ContactPoint("c-minseo", "phone", "+821020000000", "ko")

    async def contact_point(self, context: TaskContext, subject: str) -> ContactPoint | None:
        self._alive()
        return self.minseo if subject in ("ON-26113407", "minseo@example.com", "10000000") else None

    async def check_pin(self, context: TaskContext, subject: str, pin: str) -> str | None:
        self._alive()
        return "c-minseo" if (subject, pin) == ("10000000", "0417") else None

    async def check_birth_date(self, context: TaskContext, subject: str, birth_date: str) -> str | None:
        self._alive()
        return "c-minseo" if (subject, birth_date) == ("10000000", "1991-04-17") else None

    def _alive(self) -> None:
        if self.down:
            raise ProviderFailed("The shop is down.", retryable=True)


class Phone:
    """Receives codes. Without `network` they are on their way, for as long as it takes."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.tried = 0
        self.down = False
        self.connected = True
        self.network = asyncio.Event()
        self.network.set()
        self._changed = asyncio.Event()

    def serves(self, tenant_id: str) -> bool:
        return self.connected

    async def send_code(self, tenant_id: str, to: ContactPoint, code: str, valid_s: int) -> None:
        self.tried += 1
        self._changed.set()
        await self.network.wait()
        if self.down:
            raise ProviderFailed("No network.", retryable=True)
        self.codes.append(code)
        self._changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until the phone was tried, or rang, as often as `condition` asks."""
        async with asyncio.timeout(8):
            while not condition():
                self._changed.clear()
                await self._changed.wait()


class Bench:
    """The identity tasks of one test, with what surrounds them."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self.database = database
        self.backend = Backend()
        self.phone = Phone()
        self.now = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
        self.policy = IdentityPolicy(send_floor_s=0.05, check_floor_s=0.02, send_again_s=(0.01, 0.02))
        self.failures: list[str] = []
        self.deliveries = TaskRegistry(lambda name, failure: self.failures.append(f"{name}: {failure!r}"))
        self.tasks = IdentityTasks(
            database, keyring, self.backend, self.phone, self.deliveries, lambda: self.now, self.policy
        )

    def contact(self, task_id: str = "t1") -> Context:
        return Context(uuid4(), task_id)

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    async def send(self, context: Context, subject: str = "ON-26113407") -> dict[str, object]:
        return await self.tasks.send_code(context, {"subject": subject})

    async def guess(self, context: Context, code: str, subject: str = "ON-26113407") -> dict[str, object]:
        return await self.tasks.check_code(context, {"subject": subject, "answer": code})


@pytest_asyncio.fixture
async def bench(database: Database, keyring: Keyring) -> AsyncIterator[Bench]:
    opened = Bench(database, keyring)
    yield opened
    await opened.deliveries.close()
    assert opened.failures == []
