"""Identity checks as tasks of journeys: the same answers, as slowly, whether or not anybody is known.

Results: `level` (0: not verified), `customer_ref` (when verified), `tries_left`, `locked`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from warmline.features.identity.codes import (
    BlindIndex,
    code_hash,
    digits_of,
    new_code,
    normal_subject,
    unguessable,
)  # fmt: skip
from warmline.features.identity.policy import LEVELS, IdentityPolicy
from warmline.features.identity.store import TenantDatabase, VerificationStore
from warmline.kernel.errors import ProviderFailed
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.connector import CodeSender, ContactPoint, SubjectDirectory, TaskContext, TaskHandler

LOG = logging.getLogger(__name__)
Answer = TypeVar("Answer")
Result = dict[str, object]


class IdentityTasks:
    """The four identity tasks over one backend directory and one code sender."""

    def __init__(
        self,
        database: TenantDatabase,
        index: BlindIndex,
        directory: SubjectDirectory,
        sender: CodeSender,
        tasks: TaskRegistry,
        now: Callable[[], datetime],
        policy: IdentityPolicy | None = None,
    ) -> None:
        self._policy = policy or IdentityPolicy()
        self._store = VerificationStore(database, self._policy)
        self._index = index
        self._directory = directory
        self._sender = sender
        self._tasks = tasks
        self._deliveries: dict[tuple[str, UUID, bytes], asyncio.Task[None]] = {}
        self._now = now

    def handlers(self) -> dict[str, TaskHandler]:
        """Return the tasks by the names journeys know them by."""
        return {
            "identity.send_code": self.send_code,
            "identity.check_code": self.check_code,
            "identity.check_pin": self.check_pin,
            "identity.check_birth_date": self.check_birth_date,
        }

    async def send_code(self, context: TaskContext, args: Result) -> Result:
        """Send a code to the address the backend holds for `subject`.

        The answer does not wait for the delivery and says nothing of it: both would tell that there is one.
        Raises ProviderFailed, for everybody alike.
        """
        return await _no_faster_than(self._policy.send_floor_s, self._send_code(context, args))

    async def check_code(self, context: TaskContext, args: Result) -> Result:
        """Spend one try at the code sent for `subject` in this contact."""
        return await _no_faster_than(self._policy.check_floor_s, self._check_code(context, args))

    async def check_pin(self, context: TaskContext, args: Result) -> Result:
        """Check the PIN of account `subject`."""
        pin = digits_of(_text(args, "answer"))
        check = self._check(context, args, "account_pin", lambda s: self._directory.check_pin(context, s, pin))
        return await _no_faster_than(self._policy.check_floor_s, check)

    async def check_birth_date(self, context: TaskContext, args: Result) -> Result:
        """Check the birth date (ISO 8601) of `subject`."""
        day = _text(args, "answer")
        check = self._check(
            context, args, "date_of_birth", lambda s: self._directory.check_birth_date(context, s, day)
        )
        return await _no_faster_than(self._policy.check_floor_s, check)

    async def _send_code(self, context: TaskContext, args: Result) -> Result:
        tenant_id, subject = context.tenant_id, _text(args, "subject")
        if not self._sender.serves(tenant_id):
            raise ProviderFailed("One-time codes cannot be sent for this tenant.", retryable=False)
        point = await self._directory.contact_point(context, subject)
        verification_id, code = new_id(), new_code()
        address = None if point is None else self._index.blind_index(tenant_id, point.address_kind, point.address)
        hashed = (
            unguessable(self._index, tenant_id, verification_id)
            if point is None
            else code_hash(self._index, tenant_id, verification_id, code)
        )
        index = self._subject_index(tenant_id, subject)
        reserved = await self._store.reserve_send(
            tenant_id, verification_id, context.contact_id, index, address, hashed, self._now()
        )
        if reserved == "tenant_limit":
            raise ProviderFailed("Too many codes were asked for in the last hour.", retryable=False)
        if reserved == "locked":
            return _result(0, locked=True)
        if point is not None and reserved.deliver:
            self._begin_delivery((tenant_id, context.contact_id, index), point, code)
        return _result(0, tries_left=self._policy.code_tries)

    def _begin_delivery(self, to: tuple[str, UUID, bytes], point: ContactPoint, code: str) -> None:
        earlier = self._deliveries.get(to)
        if earlier is not None:
            earlier.cancel()  # its code is worth nothing any more
        delivery = self._tasks.spawn("identity.deliver", self._deliver(to[0], point, code))
        self._deliveries[to] = delivery
        delivery.add_done_callback(lambda done: self._delivered(to, done))

    def _delivered(self, to: tuple[str, UUID, bytes], done: "asyncio.Task[None]") -> None:
        if self._deliveries.get(to) is done:
            del self._deliveries[to]

    async def _deliver(self, tenant_id: str, point: ContactPoint, code: str) -> None:
        """Hand the code over, and again after a while if that fails; who waits for it may ask for another."""
        for pause_s in (*self._policy.send_again_s, None):
            try:
                async with asyncio.timeout(self._policy.send_timeout_s):
                    await self._sender.send_code(tenant_id, point, code, self._policy.code_valid_s)
                return
            except (ProviderFailed, TimeoutError) as failure:
                LOG.warning("A one-time code of %s could not be delivered: %s", tenant_id, failure)
                if pause_s is None or (isinstance(failure, ProviderFailed) and not failure.retryable):
                    return
            await asyncio.sleep(pause_s)

    async def _check_code(self, context: TaskContext, args: Result) -> Result:
        tenant_id, subject, code = context.tenant_id, _text(args, "subject"), digits_of(_text(args, "answer"))
        # Asked first: when the backend is away, no try is spent and no code used up.
        point = await self._directory.contact_point(context, subject)
        guess = await self._store.guess(
            tenant_id,
            context.contact_id,
            self._subject_index(tenant_id, subject),
            lambda verification_id: code_hash(self._index, tenant_id, verification_id, code),
            context.task_id,
            self._now(),
        )
        if guess.won and point is not None:
            return _result(LEVELS["one_time_code"], point.customer_ref, guess.tries_left)
        return _result(0, tries_left=guess.tries_left, locked=guess.locked)

    async def _check(
        self, context: TaskContext, args: Result, method: str, ask: Callable[[str], Awaitable[str | None]]
    ) -> Result:
        tenant_id, subject = context.tenant_id, _text(args, "subject")
        index, verification_id = self._subject_index(tenant_id, subject), new_id()
        reserved = await self._store.reserve_check(
            tenant_id, verification_id, context.contact_id, method, index, self._now()
        )
        if isinstance(reserved, str):
            return _result(0, locked=True)
        try:
            customer_ref = await ask(subject)
        except ProviderFailed:
            await self._store.forget(tenant_id, verification_id)
            raise
        if customer_ref is not None:
            await self._store.settle_check(tenant_id, verification_id, context.task_id, self._now())
            return _result(LEVELS[method], customer_ref)
        tries_left = await self._store.tries_left(tenant_id, context.contact_id, index, self._now())
        return _result(0, tries_left=tries_left, locked=tries_left == 0)

    def _subject_index(self, tenant_id: str, subject: str) -> bytes:
        return self._index.blind_index(tenant_id, "verification_subject", normal_subject(subject))


def _result(level: int, customer_ref: str | None = None, tries_left: int = 0, *, locked: bool = False) -> Result:
    return {"level": level, "customer_ref": customer_ref, "tries_left": tries_left, "locked": locked}


def _text(args: Result, name: str) -> str:
    value = args.get(name)
    if not isinstance(value, str | int):
        raise ProviderFailed(f"The identity check was called without {name}.", retryable=False)
    return str(value)


async def _no_faster_than(floor_s: float, work: Awaitable[Answer]) -> Answer:
    """Answer (or fail) no sooner than `floor_s`: how long it took tells nobody who is known."""
    loop = asyncio.get_running_loop()
    earliest = loop.time() + floor_s
    try:
        return await work
    finally:
        await asyncio.sleep(max(0.0, earliest - loop.time()))
