"""Rows of calls, nodes, recordings and the number plan, as calls use them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from warmline.domain.contact.events_voice import Direction
from warmline.features.telephony.calls import Calls, Quality
from warmline.features.telephony.nodes import Node, Nodes
from warmline.features.telephony.number_plan import Plan
from warmline.features.telephony.outbound import OutboundGate, Pass
from warmline.features.telephony.status import NodeFacts
from warmline.ports.calls import Dialled, OutboundPass, Purpose
from warmline.ports.media import LegWish
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


class HouseCallRows:
    """Implements `warmline.ports.calls.CallRows`. `facts` are told with each beat.

    `elsewhere` hears with each how many calls every line has in the other processes.
    """

    def __init__(
        self,
        database: Database,
        facts: Callable[[], NodeFacts] = NodeFacts,
        elsewhere: Callable[[Mapping[str, int]], None] = lambda busy: None,
    ) -> None:
        self._elsewhere = elsewhere
        self._database = database
        self._facts = facts
        self._calls = Calls(database)
        self._nodes = Nodes(database)

    async def began(
        self, tenant_id: str, id: UUID, contact_id: UUID, node_id: str, direction: Direction, *,
        number_id: str | None = None, trunk_id: str | None = None,
    ) -> None:  # fmt: skip
        await self._calls.began(
            tenant_id, id, contact_id, node_id, direction, number_id=number_id, trunk_id=trunk_id
        )

    async def claim(self, tenant_id: str, id: UUID, contact_id: UUID, node_id: str) -> bool:
        return await self._calls.claim(tenant_id, id, contact_id, node_id)

    async def answered(self, tenant_id: str, id: UUID) -> None:
        await self._calls.answered(tenant_id, id)

    async def over(
        self, tenant_id: str, id: UUID, outcome: str, *, mos: float | None, lost_share: float | None,
        jitter_ms: float | None,
    ) -> None:  # fmt: skip
        await self._calls.ended(tenant_id, id, outcome, Quality(mos, lost_share, jitter_ms))

    async def stranded(self) -> list[tuple[str, UUID, UUID]]:
        await self._nodes.bury()
        found: list[tuple[str, UUID, UUID]] = []
        for tenant_id in await self._database.tenants():
            found += [(tenant_id, one.id, one.contact_id) for one in await self._calls.without_node(tenant_id)]
        return found

    async def running(self, node_id: str) -> list[tuple[str, UUID, UUID]]:
        found: list[tuple[str, UUID, UUID]] = []
        for tenant_id in await self._database.tenants():
            found += [(tenant_id, one.id, one.contact_id) for one in await self._calls.running(tenant_id, node_id)]
        return found

    async def callless(self) -> list[tuple[str, UUID, bool]]:
        return [
            (tenant_id, contact_id, had)
            for tenant_id in await self._database.tenants()
            for contact_id, had in await self._calls.contacts_without(tenant_id)
        ]

    async def beat(self, node_id: str, started_at: datetime, *, draining: bool, calls: int) -> None:
        told = self._facts()
        node = Node(
            node_id, started_at, utc_now(), draining, calls, told.lines, told.workers, voices=told.voices,
            busy=told.busy,
        )  # fmt: skip
        await self._nodes.beat(node)
        self._elsewhere(await self._nodes.busy_elsewhere(node_id, utc_now()))

    async def leave(self, node_id: str) -> None:
        await self._nodes.leave(node_id)

    async def takers(self) -> list[str]:
        """Return the nodes that take new calls, those with the fewest first."""
        now = utc_now()
        nodes = [one for one in await self._nodes.all() if one.lives(now) and not one.draining]
        return [one.id for one in sorted(nodes, key=lambda one: one.calls)][:1]


class HousePlan:
    """Implements `warmline.ports.calls.NumberPlan`."""

    def __init__(self, plan: Callable[[], Plan], fallback: Callable[[str], Dialled]) -> None:
        self._plan = plan
        self._fallback = fallback

    def route(self, tenant_id: str, trunk: str | None, called: str) -> Dialled | None:
        plan = self._plan()
        line = next((one for one in plan.lines if f"{one.tenant_id}/{one.id}" == trunk), None)
        found = plan.answering(tenant_id, line, called)
        if found is None:
            return None
        return Dialled(tenant_id, found.journey_id, found.locale, found.number_id, found.record == "announced")

    def phone_of(self, tenant_id: str, agent_id: UUID) -> str | None:
        phone = self._plan().phone_of(tenant_id, agent_id)
        return None if phone is None else f"{tenant_id}/{phone.id}"

    def agent_of(self, tenant_id: str, phone: str) -> UUID | None:
        known = self._plan().phones.get((tenant_id, phone.removeprefix(f"{tenant_id}/")))
        return None if known is None else known.agent_id

    def audio(self, tenant_id: str, trunk: str | None) -> LegWish:
        """Return what a line's settings say; of several, nothing is weaker than the strictest wants it."""
        lines = [one for one in self._plan().lines_of(tenant_id) if trunk in (None, f"{tenant_id}/{one.id}")]
        if not lines:
            return LegWish()
        srtp = "required" if any(one.srtp == "required" for one in lines) else lines[0].srtp
        return LegWish(srtp=srtp, inband_digits=trunk is not None and lines[0].inband_digits)

    def outbound(self, tenant_id: str) -> Dialled:
        numbers = [one for (tenant, _), (one, _) in self._plan().numbers.items() if tenant == tenant_id]
        if not numbers:
            return self._fallback(tenant_id)
        first = min(numbers, key=lambda one: one.number_id)
        return Dialled(tenant_id, first.journey_id, first.locale, first.number_id, first.record == "announced")


class HouseGate:
    """Implements `warmline.ports.calls.OutboundGate`."""

    def __init__(self, gate: OutboundGate) -> None:
        self._gate = gate

    async def number(self, tenant_id: str, dialled: str) -> str:
        return await self._gate.number(tenant_id, dialled)

    async def permitted(self, tenant_id: str, dialled: str) -> str:
        return await self._gate.permitted(tenant_id, dialled)

    async def allow(self, tenant_id: str, dialled: str, purpose: Purpose, contact_id: UUID) -> OutboundPass:
        return await self._gate.allow(tenant_id, dialled, purpose, contact_id=contact_id)

    async def settle(self, used: OutboundPass, seconds: float) -> None:
        if isinstance(used, Pass):
            await self._gate.settle(used, seconds)
