"""The way to a call in whichever process: asked by the signal `voice`, answered by the signal `softphone`."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

import msgspec

from warmline.kernel.errors import CATALOGUE, Refused
from warmline.kernel.rates import Buckets
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.calls import NO_NODE, NOT_RUNNING, SOFTPHONE_SIGNAL, VOICE_SIGNAL, Heard
from warmline.runtime.feed import Feed
from warmline.runtime.signals import TooLong

LOG = logging.getLogger(__name__)
ANSWER_S = 5.0
ASKED_AT_MOST = 2_000
BELIEVED_S = 2.0
PAGE_CALLS_S, PAGE_CALL_BURST = 0.2, 20.0  # new calls of one address: an office shares one, a flood does not pass
SEALED = "keys"  # the field of a question that is sealed on its way
_decode = msgspec.json.Decoder(dict[str, object]).decode


class SignalWire:
    """Implements `warmline.ports.calls.CallWire` for a process without calls. `nodes`: who takes new calls."""

    def __init__(self, feed: Feed, nodes: Callable[[], Awaitable[Sequence[str]]]) -> None:
        self._feed = feed
        self._nodes = nodes
        self._asked: dict[str, asyncio.Future[Mapping[str, object]]] = {}
        self.on_frame: list[Callable[[str, UUID, Mapping[str, object]], None]] = []  # tenant, agent, frame
        self._page_calls = Buckets(PAGE_CALLS_S, PAGE_CALL_BURST)
        self._offered = (float("-inf"), False)  # until when this is believed, and whether calls are taken
        feed.on_signal(SOFTPHONE_SIGNAL, self._told)

    def admits(self, address: str) -> bool:
        return self._page_calls.take(address, asyncio.get_running_loop().time())

    async def offered(self) -> bool:
        """Tell whether a node takes new calls; asked again after a few seconds, not for every page."""
        now = asyncio.get_running_loop().time()
        until, taken = self._offered
        if now < until:
            return taken
        self._offered = (now + BELIEVED_S, taken)  # one asks, the others take what was known
        taken = bool(await self._nodes())
        self._offered = (now + BELIEVED_S, taken)
        return taken

    async def ask(
        self, tenant_id: str, do: str, contact: UUID | None, fields: Mapping[str, object]
    ) -> Mapping[str, object]:
        node = None
        if contact is None or fields.get("fresh") or do == "dial":
            nodes = await self._nodes()
            if not nodes:
                raise Refused(NO_NODE)
            node = secrets.choice(nodes)
        if len(self._asked) >= ASKED_AT_MOST:
            raise Refused(NO_NODE)
        mark = secrets.token_urlsafe(9)
        answer: asyncio.Future[Mapping[str, object]] = asyncio.get_running_loop().create_future()
        self._asked[mark] = answer
        question = {"re": mark, "do": do, "contact": contact, "node": node, **fields}
        try:
            if SEALED in question:  # may be a card number: nobody at the database reads along
                question[SEALED] = await self._feed.seal(tenant_id, str(question[SEALED]), _context(mark))
            self._feed.tell(tenant_id, VOICE_SIGNAL, msgspec.json.encode(question).decode())
            async with asyncio.timeout(ANSWER_S):
                return await answer
        except TimeoutError:
            raise Refused(NOT_RUNNING if node is None else NO_NODE) from None
        except TooLong:
            raise Refused(NO_NODE) from None
        finally:
            del self._asked[mark]
            del answer  # its refusal knows this frame: they would hold each other, and all who asked

    def _told(self, tenant_id: str, payload: str) -> None:
        told = _decode(payload)
        agent, frame = told.get("agent"), told.get("frame")
        if isinstance(agent, str) and isinstance(frame, dict):
            for tell in self.on_frame:
                tell(tenant_id, UUID(agent), frame)
            return
        answer = self._asked.get(str(told.get("re")))
        if answer is None or answer.done():
            return
        code = told.get("error")
        if code is None:
            ok = told.get("ok")
            answer.set_result(ok if isinstance(ok, dict) else {})
        elif str(code) in CATALOGUE:
            details = told.get("details")
            answer.set_exception(Refused(str(code), **details if isinstance(details, dict) else {}))
        else:
            answer.set_exception(Refused(NO_NODE))


def serve_calls(
    feed: Feed, tasks: TaskRegistry, node_id: str, has: Callable[[str, UUID], bool], heard: Heard
) -> Callable[[str, Mapping[str, object]], None]:
    """Answer what is asked of a node's calls with `heard`; return how it tells agents' desks something.

    `has` says whether this node has the call of a contact.
    """

    def tell(tenant_id: str, message: Mapping[str, object]) -> None:
        try:
            feed.tell(tenant_id, SOFTPHONE_SIGNAL, msgspec.json.encode(message).decode())
        except TooLong:
            LOG.exception("An answer was too long for a notification")

    async def answer(tenant_id: str, question: Mapping[str, object]) -> None:
        mark = question.get("re")
        try:
            if SEALED in question:
                plain = await feed.unseal(tenant_id, str(question[SEALED]), _context(mark))
                question = {**question, SEALED: plain}
            tell(tenant_id, {"re": mark, "ok": await heard(tenant_id, question)})
        except Refused as refused:
            tell(tenant_id, {"re": mark, "error": refused.code, "details": refused.details})
        except Exception:
            tell(tenant_id, {"re": mark, "error": NO_NODE})
            raise

    def asked(tenant_id: str, payload: str) -> None:
        question = _decode(payload)
        contact, node = question.get("contact"), question.get("node")
        mine = isinstance(contact, str) and has(tenant_id, UUID(contact))
        if mine or node == node_id:
            tasks.spawn("voice.asked", answer(tenant_id, question))

    feed.on_signal(VOICE_SIGNAL, asked)
    return tell


def _context(mark: object) -> str:
    """Keys of one question are good for no other."""
    return f"call-keys|{mark}"
