"""What a backend connection must offer, and what it may rely on."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from msgspec import Struct

from warmline.kernel.locale import Locale


class TaskContext(Protocol):
    """On whose behalf a task runs. `attempt` begins at 1; a crash may run the same attempt twice."""

    @property
    def tenant_id(self) -> str: ...

    @property
    def contact_id(self) -> UUID: ...

    @property
    def task_id(self) -> str: ...

    @property
    def attempt(self) -> int: ...


TaskHandler = Callable[[TaskContext, dict[str, object]], Awaitable[dict[str, object]]]
"""A task: JSON arguments in, JSON fields out. Raises ProviderFailed when the backend cannot answer."""


class OutboundAnswer(Struct, frozen=True):
    """An HTTP answer from the outside, fully read."""

    status: int
    body: bytes


class Outbound(Protocol):
    """The one way out over HTTP. Raises ProviderFailed when no answer came, Refused for forbidden hosts."""

    async def __call__(
        self,
        tenant_id: str,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout_s: float,
    ) -> OutboundAnswer: ...


Availability = Literal["unknown", "up", "degraded", "down"]


class ConnectorHealth(Struct, frozen=True):
    """What is known of a backend now. `degraded`: it answers, but some recent calls failed."""

    name: str
    availability: Availability
    since: datetime | None
    recent_failures: int
    last_error: str | None = None


class ContactPoint(Struct, frozen=True):
    """Where the backend says a person can be reached: `address` is E.164 or an email address."""

    customer_ref: str
    address_kind: Literal["phone", "email"]
    address: str
    locale: Locale


class SubjectDirectory(Protocol):
    """The backend that knows people. Every answer is None when the evidence does not fit or nobody is known.

    Raises ProviderFailed when the backend cannot answer.
    """

    async def contact_point(self, context: TaskContext, subject: str) -> ContactPoint | None: ...

    async def check_pin(self, context: TaskContext, subject: str, pin: str) -> str | None:
        """Return the customer reference of account `subject` when `pin` is right."""
        ...

    async def check_birth_date(self, context: TaskContext, subject: str, birth_date: str) -> str | None:
        """Return the customer reference of `subject` when `birth_date` (ISO 8601) is right."""
        ...


class CodeSender(Protocol):
    """Deliver a one-time code. Raises ProviderFailed when it could not be handed over."""

    def serves(self, tenant_id: str) -> bool:
        """Whether codes can be sent for this tenant at all, whoever asks."""
        ...

    async def send_code(self, tenant_id: str, to: ContactPoint, code: str, valid_s: int) -> None: ...
