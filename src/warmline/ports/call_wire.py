"""How desks and pages reach a call, whichever process has it."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID


class CallWire(Protocol):
    """How desks and pages reach a call, whichever node has it."""

    async def ask(
        self, tenant_id: str, do: str, contact: UUID | None, fields: Mapping[str, object]
    ) -> Mapping[str, object]:
        """Ask the call of a contact (or, without one, any node) and return its answer. Raises Refused."""
        ...

    def admits(self, address: str) -> bool:
        """Tell whether one more call of a stranger's page at this address may begin now, and count it if so."""
        ...

    async def offered(self) -> bool:
        """Tell whether new calls are taken now; an answer may be a few seconds old."""
        ...
