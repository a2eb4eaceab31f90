"""Every desk of this process: who sits at which, and what concerns whom."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from msgspec.structs import replace

from warmline.domain.contact.commands import AnyCommand, PickContact, Reassign, Transfer
from warmline.domain.presence.model import Presence
from warmline.features.contacts.places import Place
from warmline.features.desk.calls import DeskCalls
from warmline.features.desk.interventions import Interventions
from warmline.features.desk.me import Colleague
from warmline.features.desk.names import CustomerNames
from warmline.features.desk.picking import Picking
from warmline.kernel.errors import Refused, declare
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.call_wire import CallWire
from warmline.ports.chat import Answer, Contacts, Follow
from warmline.ports.identity import AgentIdentity

CIDS_KEPT = 10_000
NO_SUCH_COLLEAGUE = declare(
    "desk.no_such_colleague", 422, "This person takes no contacts.", "Choose one of the colleagues, or a queue."
)
TO_YOURSELF = declare(
    "desk.to_yourself", 422, "This contact is with you already.", "Choose one of the colleagues, or a queue."
)
COLLEAGUE_OFF_SHIFT = declare(
    "desk.colleague_off_shift",
    409,
    "{name} is not on shift, so nobody would answer this customer.",
    "Choose somebody who is at work, or a queue.",
)
Key = tuple[str, UUID, UUID, str]  # tenant, agent, contact, the client's own id


class PresenceSource(Protocol):
    """The part of the presence service a desk uses."""

    async def get(self, tenant_id: str, agent_id: UUID) -> Presence: ...
    async def change(
        self, tenant_id: str, agent_id: UUID, status: str, reason: str | None = None, *, after_work: bool = False
    ) -> Presence: ...
    def seen(self, tenant_id: str, agent_id: UUID) -> None: ...
    async def disconnected(self, tenant_id: str, agent_id: UUID) -> None: ...


class BoardSource(Protocol):
    """The live board: `tell` gets encoded-ready documents, at most one a second, until stopped."""

    def watch(self, tenant_id: str, tell: Callable[[object], None]) -> Follow: ...


class Desk(Protocol):
    """An open desk, as the hub sees it."""

    def concern(self, contact_id: UUID) -> None:
        """A contact came to this agent, or left them."""
        ...

    def look_at_me(self) -> None:
        """Presence or load changed."""
        ...

    def tell(self, frame: Mapping[str, object]) -> None:
        """Something for this desk alone: a colleague rings."""
        ...


class DeskHub:
    """Shared by all desk sockets of a process."""

    def __init__(
        self,
        *,
        contacts: Contacts,
        of_agent: Callable[[str, UUID], Awaitable[Sequence[UUID]]],
        queue_names: Callable[[str], Awaitable[Sequence[Mapping[str, object]]]],
        pause_reasons: Callable[[str], Awaitable[Sequence[Mapping[str, object]]]],
        work_of: Callable[[str, UUID], Awaitable[object]],
        place_of: Place,
        takes_contacts: Callable[[str, UUID], Awaitable[Colleague | None]],
        names: CustomerNames,
        picking: Picking,
        interventions: Interventions,
        presence: PresenceSource,
        board: BoardSource,
        tasks: TaskRegistry,
        report: Callable[[str, BaseException], None],
        calls: CallWire | None = None,
    ) -> None:
        self.contacts = contacts
        self.of_agent = of_agent
        self.queue_names = queue_names
        self.pause_reasons = pause_reasons
        self.work_of = work_of
        self.place_of = place_of
        self._takes_contacts = takes_contacts
        self.names = names
        self.picking = picking
        self._interventions = interventions
        self.presence = presence
        self.board = board
        self.tasks = tasks
        self.report = report
        self.calls = DeskCalls(calls, takes_contacts)
        self._desks: dict[tuple[str, UUID], set[Desk]] = {}
        self._done: OrderedDict[Key, int] = OrderedDict()

    def __len__(self) -> int:
        return sum(len(desks) for desks in self._desks.values())

    # --- desks come and go ---------------------------------------------------------------------

    def enter(self, agent: AgentIdentity, desk: Desk) -> None:
        self._desks.setdefault((agent.tenant_id, agent.agent_id), set()).add(desk)
        self.presence.seen(agent.tenant_id, agent.agent_id)

    def leave(self, agent: AgentIdentity, desk: Desk) -> None:
        key = (agent.tenant_id, agent.agent_id)
        desks = self._desks.get(key, set())
        desks.discard(desk)
        if not desks and self._desks.pop(key, None) is not None:
            self.tasks.spawn("desk.gone", self.presence.disconnected(*key))

    # --- what concerns whom --------------------------------------------------------------------

    def on_signal(self, tenant_id: str, payload: str) -> None:
        """Signal `desk`: something of an agent's changed."""
        agent, _, contact = payload.partition(" ")
        for desk in list(self._desks.get((tenant_id, UUID(hex=agent)), ())):
            desk.concern(UUID(hex=contact))

    def on_frame(self, tenant_id: str, agent_id: UUID, frame: Mapping[str, object]) -> None:
        """Signal `softphone`: a call tells an agent something."""
        for desk in list(self._desks.get((tenant_id, agent_id), ())):
            desk.tell(frame)

    def on_presence(self, tenant_id: str, agent_id: UUID) -> None:
        """Signal `presence`, already read: an agent's own picture changed."""
        for desk in list(self._desks.get((tenant_id, agent_id), ())):
            desk.look_at_me()

    def on_announced(self, tenant_id: str) -> None:
        """Signal `settings`: customers are told something else now; every desk of the company shows it."""
        for (of_tenant, _), desks in list(self._desks.items()):
            if of_tenant == tenant_id:
                for desk in list(desks):
                    desk.look_at_me()

    def on_messages(self, tenant_id: str) -> None:
        """Signal `messages`: one was left, heard or settled; whoever shows their number asks again."""
        for (of_tenant, _), desks in list(self._desks.items()):
            if of_tenant == tenant_id:
                for desk in list(desks):
                    desk.tell({"t": "messages"})

    # --- commands ------------------------------------------------------------------------------

    async def command(self, agent: AgentIdentity, contact_id: UUID, cid: str, command: AnyCommand) -> int:
        """Carry out an agent's command once per `cid` and return the seq it took effect at. Raises Refused."""
        key = (agent.tenant_id, agent.agent_id, contact_id, cid)
        done = self._done.get(key)
        if done is not None:
            return done
        if isinstance(command, Transfer | Reassign) and command.to_agent_id is not None:
            name = await self._check_target(agent, command, command.to_agent_id)
            if isinstance(command, Reassign):
                command = replace(command, to_agent_name=name)
        if isinstance(command, PickContact):
            await self.picking.check_contact(agent, await self.contacts.load(agent.tenant_id, contact_id))
        seq = await self.contacts.command(agent.tenant_id, contact_id, command)
        await self._interventions.note(agent, contact_id, command)
        self._remember(key, seq)
        return seq

    async def _check_target(self, agent: AgentIdentity, command: Transfer | Reassign, target: UUID) -> str:
        """Return the target's name. Raises Refused when the customer would wait for somebody out of reach."""
        if isinstance(command, Transfer) and target == agent.agent_id:
            raise Refused(TO_YOURSELF)
        colleague = await self._takes_contacts(agent.tenant_id, target)
        if colleague is None:
            raise Refused(NO_SUCH_COLLEAGUE)
        if isinstance(command, Reassign) and command.force is not None and not colleague.on_shift:
            raise Refused(COLLEAGUE_OFF_SHIFT, name=colleague.name)
        return colleague.name

    def submit(
        self, agent: AgentIdentity, contact_id: UUID, cid: str, command: AnyCommand, answer: Answer
    ) -> bool:
        """Do as `command` with the answer later; False, and nothing done, when it needs waiting first."""
        key = (agent.tenant_id, agent.agent_id, contact_id, cid)
        done = self._done.get(key)
        if done is not None:
            answer(done)
            return True

        def told(outcome: int | BaseException) -> None:
            if isinstance(outcome, int):
                self._remember(key, outcome)
            answer(outcome)

        return self.contacts.submit(agent.tenant_id, contact_id, command, told)

    def _remember(self, key: Key, seq: int) -> None:
        self._done[key] = seq
        if len(self._done) > CIDS_KEPT:
            self._done.popitem(last=False)
