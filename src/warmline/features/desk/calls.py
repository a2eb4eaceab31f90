"""A desk's part in calls: its frames, and what they ask of a call. Source: docs/protocol/desk.md."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from warmline.features.desk.commands import Key
from warmline.features.desk.me import Colleague
from warmline.features.security.roles import may
from warmline.kernel.errors import INVALID, NOT_ALLOWED, Refused
from warmline.ports.call_wire import CallWire
from warmline.ports.calls import NO_NODE, NOT_RUNNING, pack_sdp, unpack_sdp
from warmline.ports.identity import AgentIdentity

Sdp = Annotated[str, Meta(min_length=1, max_length=20_000)]
Number = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[^\x00]*$")]
Name = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9_-]+$")]
Note = Annotated[str, Meta(max_length=4_000, pattern=r"^[^\x00]*$")]
Keys = Annotated[str, Meta(min_length=1, max_length=32, pattern=r"^[0-9*#]+$")]
Count = Annotated[int, Meta(ge=1, le=64)]
Mode = Literal["talk", "listen", "whisper", "barge"]


class Length(Struct, frozen=True):
    """How many digits count as complete. Raises ValueError when nothing could."""

    least: Count
    most: Count

    def __post_init__(self) -> None:
        if self.least > self.most:
            raise ValueError("least is above most")


class Asked(Struct, frozen=True):
    """Whom to consult: exactly one of both."""

    agent_id: UUID | None = None
    number: Number | None = None


class CallJoin(Struct, frozen=True, tag_field="t", tag="call_join"):
    cid: Key
    contact: UUID
    sdp: Sdp
    mode: Mode = "talk"


class CallMode(Struct, frozen=True, tag_field="t", tag="call_mode"):
    cid: Key
    contact: UUID
    mode: Literal["listen", "whisper", "barge"]


class CallLeave(Struct, frozen=True, tag_field="t", tag="call_leave"):
    cid: Key
    contact: UUID


class CallKeys(Struct, frozen=True, tag_field="t", tag="call_keys"):
    cid: Key
    contact: UUID
    keys: Keys
    party: Name | None = None


class CallConsult(Struct, frozen=True, tag_field="t", tag="call_consult"):
    cid: Key
    contact: UUID
    to: Asked


class CallTalk(Struct, frozen=True, tag_field="t", tag="call_talk", rename={"to": "with"}):
    cid: Key
    contact: UUID
    to: Literal["customer", "consulted", "all"]


class CallDrop(Struct, frozen=True, tag_field="t", tag="call_drop"):
    cid: Key
    contact: UUID
    party: Name


class CallComplete(Struct, frozen=True, tag_field="t", tag="call_complete"):
    cid: Key
    contact: UUID
    note: Note = ""


class CallForward(Struct, frozen=True, tag_field="t", tag="call_forward"):
    cid: Key
    contact: UUID
    number: Number
    note: Note = ""


class CallSecure(Struct, frozen=True, tag_field="t", tag="call_secure"):
    cid: Key
    contact: UUID
    on: bool
    what: Literal["card", "pin", "number"] = "card"
    length: Length | None = None


class CallRecord(Struct, frozen=True, tag_field="t", tag="call_record"):
    cid: Key
    contact: UUID
    on: bool


class CallDial(Struct, frozen=True, tag_field="t", tag="call_dial"):
    cid: Key
    to: Number
    contact: UUID | None = None
    customer_id: UUID | None = None


class CallDecline(Struct, frozen=True, tag_field="t", tag="call_decline"):
    cid: Key
    contact: UUID


CallFrame = (
    CallJoin | CallMode | CallLeave | CallKeys | CallConsult | CallTalk | CallDrop | CallComplete | CallForward
    | CallSecure | CallRecord | CallDial | CallDecline
)  # fmt: skip
Send = Callable[[Mapping[str, object]], None]


class DeskCalls:
    """What desks ask of calls. `wire`: None where there are none."""

    def __init__(
        self, wire: CallWire | None, colleague: Callable[[str, UUID], Awaitable[Colleague | None]]
    ) -> None:
        self._wire = wire
        self._colleague = colleague

    async def do(self, agent: AgentIdentity, frame: CallFrame, send: Send) -> None:
        """Do what a frame asks and answer it. Raises Refused."""
        fields = await self._fields(agent, frame)
        do = str(fields.pop("do"))
        answer = await self._ask(agent, do, frame.contact, fields)
        sdp = answer.get("sdp")
        if isinstance(sdp, str):
            send({"t": "call_answer", "cid": frame.cid, "contact": frame.contact, "sdp": unpack_sdp(sdp)})
            return
        ack: dict[str, object] = {"t": "ack", "cid": frame.cid, "seq": 0}
        if isinstance(frame, CallDial):
            ack["contact"] = answer.get("contact")
        send(ack)

    async def show(self, agent: AgentIdentity, contact: UUID, send: Send) -> None:
        """Show a running call to a desk that begins to follow its contact."""
        try:
            answer = await self._ask(agent, "state", contact, {})
        except Refused as refused:
            if refused.code not in (NOT_RUNNING, NO_NODE):
                raise
            return
        if answer.get("call"):
            send({"t": "call", "contact": contact, "call": answer["call"]})

    async def _ask(
        self, agent: AgentIdentity, do: str, contact: UUID | None, fields: Mapping[str, object]
    ) -> Mapping[str, object]:
        if self._wire is None:
            raise Refused(NO_NODE)
        me = {"agent_id": agent.agent_id, "name": agent.name, "leads": may(agent.roles, "board.read")}
        return await self._wire.ask(agent.tenant_id, do, contact, {**me, **fields})

    async def _fields(self, agent: AgentIdentity, frame: CallFrame) -> dict[str, object]:
        match frame:
            case CallJoin():
                if frame.mode != "talk" and not may(agent.roles, "board.read"):
                    raise Refused(NOT_ALLOWED)
                return {"do": "join", "sdp": pack_sdp(frame.sdp), "mode": frame.mode}
            case CallMode():
                return {"do": "mode", "mode": frame.mode}
            case CallLeave():
                return {"do": "leave"}
            case CallKeys():
                return {"do": "keys", "keys": frame.keys, "party": frame.party or ""}
            case CallConsult():
                return await self._consult(agent, frame)
            case CallTalk():
                return {"do": "talk", "talk": frame.to}
            case CallDrop():
                return {"do": "drop", "party": frame.party}
            case CallComplete():
                return {"do": "complete", "note": frame.note}
            case CallForward():
                return {"do": "forward", "number": frame.number, "note": frame.note}
            case CallSecure():
                length = frame.length or None
                bounds = {} if length is None else {"least": length.least, "most": length.most}
                return {"do": "secure", "on": frame.on, "what": frame.what, **bounds}
            case CallRecord():
                return {"do": "record", "on": frame.on}
            case CallDial():
                return {"do": "dial", "number": frame.to, "customer_id": frame.customer_id}
            case CallDecline():
                return {"do": "decline"}

    async def _consult(self, agent: AgentIdentity, frame: CallConsult) -> dict[str, object]:
        asked = frame.to
        if (asked.agent_id is None) == (asked.number is None):
            raise Refused(INVALID, field="to", reason="name a colleague or a number")
        if asked.agent_id is None:
            return {"do": "consult", "number": asked.number}
        colleague = await self._colleague(agent.tenant_id, asked.agent_id)
        if asked.agent_id == agent.agent_id:
            raise Refused("desk.to_yourself")
        if colleague is None:
            raise Refused("desk.no_such_colleague")
        return {"do": "consult", "to_agent_id": asked.agent_id, "to_name": colleague.name}
