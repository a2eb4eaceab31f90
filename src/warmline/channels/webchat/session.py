"""One widget's socket: hello, its contact's story without gaps, and everything the customer does."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from uuid import UUID

import msgspec

from warmline.channels.webchat import frames
from warmline.channels.webchat.calls import admit, call_from_page, passing_view, tell_call
from warmline.channels.webchat.frames import DECODER, ENCODER, Frame, cid_of
from warmline.channels.webchat.origins import own_origin
from warmline.channels.webchat.stream import Stream
from warmline.domain.contact.commands import CustomerMessage
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.domain.journey.telling import ToldWait
from warmline.kernel.errors import INVALID, TOO_MANY, Refused, declare
from warmline.kernel.locale import LOCALES, Locale, closest_locale
from warmline.kernel.rates import Bucket
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.chat import Chat, Follow, Told, Visitor, WidgetSettings
from warmline.ports.socket import MALFORMED, REFUSED, REPLACED, Opening, Wire
from warmline.ports.socket import TOO_MANY as TOO_MANY_FRAMES

HELLO_S = 10.0
SILENCE_S = 75.0  # the widget pings every 25 s
INBOX = 64
FRAMES_S, FRAME_BURST = 20.0, 120.0  # of one socket, of every kind; a page in full use sends about one a second
FLOOD_PAUSE_MS = 5_000
ATTRIBUTES_AT_MOST = 32
ATTRIBUTE_LENGTH = 500

NO_CONTACT = declare(
    "chat.no_contact", 409, "There is no open conversation.", "Start a conversation first, then send again."
)
FAILED = declare(
    "chat.failed", 500, "Something went wrong on our side.", "Send it again in a moment; nothing was lost."
)


class WidgetSession:
    """Implements `warmline.ports.socket.Session` and `warmline.ports.chat.Listener`."""

    __slots__ = (
        "_budget", "_chat", "_closed", "_drains", "_follow", "_inbox", "_locale", "_opening", "_page", "_place",
        "_report", "_seat", "_stream", "_tasks", "_visitor", "_widget", "_wire", "silence_s",
    )  # fmt: skip

    def __init__(
        self,
        chat: Chat,
        tasks: TaskRegistry,
        report: Callable[[str, BaseException], None],
        opening: Opening,
        wire: Wire,
    ) -> None:
        self._chat = chat
        self._tasks = tasks
        self._report = report
        self._opening = opening
        self._wire = wire
        self._widget: WidgetSettings | None = None
        self._visitor: Visitor | None = None
        self._page: str | None = None
        self._locale: Locale = "en"
        self._stream: Stream | None = None
        self._follow: Follow | None = None
        self._place: Follow | None = None
        self._seat: Follow | None = None
        self._budget = Bucket(FRAMES_S, FRAME_BURST, asyncio.get_running_loop().time())
        self._inbox: deque[Frame] | None = None  # made when there is something to do
        self._drains = False
        self._closed = False
        self.silence_s = HELLO_S

    # --- from the socket -----------------------------------------------------------------------

    def on_frame(self, data: bytes) -> None:
        if self._closed:
            return
        if not self._budget.take(asyncio.get_running_loop().time()):
            self._leave(TOO_MANY_FRAMES, "too_many", FLOOD_PAUSE_MS)
            return
        try:
            frame = DECODER.decode(data)
        except msgspec.DecodeError as error:  # ValidationError is one
            self._malformed(str(error), cid_of(data))
            return
        if isinstance(frame, frames.Ping):
            self._send({"t": "pong"})
        elif isinstance(frame, frames.Typing | frames.Read):
            self._pass_on(frame)
        elif isinstance(frame, frames.Hello) != (self._widget is None and not self._drains):
            self._malformed("hello must come first, and once", getattr(frame, "cid", None))
        else:
            self._put(frame)

    def on_silence(self) -> None:
        if self._widget is None:
            self._wire.close(MALFORMED, "hello_missing")
        else:
            self._wire.close(1001, "silent")

    def on_closed(self) -> None:
        self._closed = True
        self._leave_contact()
        if self._seat is not None:
            self._seat.close()

    def _leave(self, code: int, reason: str, retry_after_ms: int | None = None) -> None:
        """Say goodbye, and hear nothing more."""
        self._wire.close(code, reason, retry_after_ms)
        self.on_closed()

    def _malformed(self, reason: str, cid: str | None) -> None:
        if self._widget is None:
            self._wire.close(MALFORMED, "malformed")
        else:
            self._refuse(Refused(INVALID, field="frame", reason=reason), cid)

    def _put(self, frame: Frame) -> None:
        waiting = 0 if self._inbox is None else len(self._inbox)
        if waiting >= INBOX or (isinstance(frame, frames.Say) and not self._may_write()):
            self._refuse(Refused(TOO_MANY, retry_after_s=1), getattr(frame, "cid", None))
            return
        if isinstance(frame, frames.Say) and not self._drains and self._said_at_once(frame):
            return
        if self._inbox is None:
            self._inbox = deque()
        self._inbox.append(frame)
        if not self._drains:
            self._drains = True
            self._tasks.spawn("widget", self._drain())

    def _may_write(self) -> bool:
        return self._visitor is None or self._chat.may_write(self._visitor)

    def _said_at_once(self, frame: frames.Say) -> bool:
        """Take the message's short way, which needs no task; False when it must take the long one."""
        if frame.attachments or self._stream is None or self._visitor is None:
            return False
        command = CustomerMessage(frame.cid, frame.text, frame.value, fields=frame.fields)
        return self._chat.submit(
            self._visitor.tenant_id, self._stream.contact_id, command, partial(self._said, frame.cid)
        )

    def _said(self, cid: str, outcome: int | BaseException) -> None:
        if isinstance(outcome, int):
            self._send({"t": "ack", "cid": cid, "seq": outcome})
        else:
            self._failed(outcome, cid)

    def _failed(self, failure: BaseException, cid: str | None) -> None:
        if not isinstance(failure, Refused):
            self._report("widget", failure)
            failure = Refused(FAILED)
        self._refuse(failure, cid)

    async def _drain(self) -> None:
        """Do what the customer sent, in the order they sent it."""
        try:
            while self._inbox and not self._closed:
                frame = self._inbox.popleft()
                cid: str | None = getattr(frame, "cid", None)
                try:
                    await self._do(frame)
                except Exception as error:
                    self._failed(error, cid)
        finally:
            self._drains = False
            self._inbox = None

    async def _do(self, frame: Frame) -> None:
        match frame:
            case frames.Say():
                await self._say(frame)
            case frames.Hello():
                await self._hello(frame)
            case frames.Start():
                await self._start(frame)
            case frames.ResumeAfter():
                await self._resume(frame)
            case frames.SwitchLocale() | frames.FromHelp() | frames.End():
                await self._command(frames.command_of(frame, self._locale))
            case frames.CallMe() | frames.CallOff():
                seq = await self._command(frames.command_of(frame, self._locale))
                self._send({"t": "ack", "cid": frame.cid, "seq": seq})
            case frames.CallTimes():
                await self._call_times(frame)
            case frames.Call():
                await self._call(frame)
            case frames.PressKeys() | frames.HangUp():
                await tell_call(self._chat.wire, await self._chat.load(*self._where()), frame)
            case _:
                pass

    # --- what the customer does ----------------------------------------------------------------

    async def _hello(self, frame: frames.Hello) -> None:
        widget = self._chat.widget(frame.key)
        origin = self._opening.origin
        if frame.v != frames.VERSION:
            self._wire.close(MALFORMED, "version")
            return
        if widget is None or not (own_origin(self._opening) or origin is None or origin in widget.origins):
            self._wire.close(REFUSED, "widget_refused")
            return
        locale = self._locale = closest_locale(frame.locale)
        visitor = await self._chat.visit(widget, frame.visitor, locale)
        if self._closed:
            return
        self._widget, self._visitor, self._page = widget, visitor, frame.page
        self._seat = self._chat.take_seat(visitor, partial(self._leave, REPLACED, "replaced"))
        self.silence_s = SILENCE_S
        contact = await self._contact_of(visitor, frame.contact)
        seq, events = 0, []
        if contact is not None:
            after_seq = frame.seq if frame.contact == contact.id else 0
            contact, events = await self._join(contact, after_seq)
            seq = events[-1]["seq"] if events else after_seq
        self._send(
            {
                "t": "welcome",
                "visitor": visitor.token,
                "settings": {
                    "name": widget.name.get(locale) or widget.name.get("en", ""),
                    "colour": widget.colour,
                    "greeting": widget.greeting.get(locale) or widget.greeting.get("en", ""),
                    "locales": LOCALES,
                    "upload_max_bytes": widget.upload_max_bytes,
                    "calls": self._chat.wire is not None and await self._chat.wire.offered(),
                },
                "contact": None if contact is None else await self._contact_view(contact),
                "seq": seq,
                "events": events,
            }
        )
        self._go_live()

    async def _start(self, frame: frames.Start) -> None:
        widget, visitor = self._known()
        if len(frame.attributes) > ATTRIBUTES_AT_MOST or any(
            len(key) > ATTRIBUTE_LENGTH or len(value) > ATTRIBUTE_LENGTH for key, value in frame.attributes.items()
        ):
            raise Refused(INVALID, field="attributes", reason="too many or too long")
        contact = await self._chat.start(
            widget, visitor, frame.locale, page=self._page, attributes=frame.attributes
        )
        contact, events = await self._join(contact, 0)
        seq = events[-1]["seq"] if events else 0
        view = await self._contact_view(contact)
        self._send({"t": "opened", "cid": frame.cid, "contact": view, "seq": seq, "events": events})
        self._go_live()

    async def _say(self, frame: frames.Say) -> None:
        _, visitor = self._known()
        attachments = ()
        if frame.attachments:
            attachments = await self._chat.attachments(
                visitor.tenant_id, frame.attachments, customer_id=visitor.customer_id
            )
        seq = await self._command(CustomerMessage(frame.cid, frame.text, frame.value, attachments, frame.fields))
        self._send({"t": "ack", "cid": frame.cid, "seq": seq})

    async def _command(self, command: CustomerMessage | frames.Wish) -> int:
        return await self._chat.command(*self._where(), command)

    async def _call_times(self, frame: frames.CallTimes) -> None:
        times = await self._chat.call_times(*self._where())
        self._send({"t": "call_times", "cid": frame.cid, "offered": times.offered, "starts": times.starts})

    async def _call(self, frame: frames.Call) -> None:
        widget, visitor = self._known()
        contact = None if self._stream is None else await self._chat.load(*self._where())
        admit(self._chat.wire, self._opening.address, contact)
        if contact is None or contact.status is ContactStatus.ENDED:
            contact = await self._chat.start(widget, visitor, self._locale, page=self._page, channel="voice")
            contact, _ = await self._join(contact, 0)
        self._send(await call_from_page(self._chat.wire, contact, frame, self._locale))
        self._go_live()

    async def _resume(self, frame: frames.ResumeAfter) -> None:
        _, visitor = self._known()
        if self._stream is None or frame.contact != self._stream.contact_id:
            raise Refused(NO_CONTACT)
        self._stream.hold(frame.seq)
        told = await self._chat.history(visitor.tenant_id, frame.contact, frame.seq)
        self._send({"t": "events", "contact": frame.contact, "events": self._stream.catch_up(told)})
        self._go_live()

    def _where(self) -> tuple[str, UUID]:
        _, visitor = self._known()
        if self._stream is None:
            raise Refused(NO_CONTACT)
        return visitor.tenant_id, self._stream.contact_id

    def _known(self) -> tuple[WidgetSettings, Visitor]:
        if self._widget is None or self._visitor is None:
            raise Refused(NO_CONTACT)
        return self._widget, self._visitor

    # --- following the contact -----------------------------------------------------------------

    async def _contact_of(self, visitor: Visitor, asked: UUID | None) -> Contact | None:
        """Return the visitor's open contact, else the one the page still shows if it is theirs."""
        if visitor.contact_id is not None:
            return await self._chat.load(visitor.tenant_id, visitor.contact_id)
        if asked is None:
            return None
        try:
            contact = await self._chat.load(visitor.tenant_id, asked)
        except Refused:
            return None
        return contact if contact.conversation_id == visitor.conversation_id else None

    async def _join(self, contact: Contact, after_seq: int) -> tuple[Contact, list[dict[str, object]]]:
        """Follow the contact and return it with its visible story after `after_seq`."""
        self._leave_contact()
        tenant_id = contact.tenant_id
        stream = Stream(contact.id, after_seq)
        self._stream = stream
        self._chat.appeared(tenant_id, contact.id)
        events = stream.catch_up(await self._chat.history(tenant_id, contact.id, after_seq))
        if self._closed or self._stream is not stream:
            return contact, events
        self._follow = self._chat.follow(tenant_id, contact.id, stream.last_seq, self)
        return await self._chat.load(tenant_id, contact.id), events

    def _go_live(self) -> None:
        if self._stream is not None:
            self._wire.send_all([ENCODER.encode(frame) for frame in self._stream.release()])

    def _leave_contact(self) -> None:
        for follow in (self._follow, self._place):
            if follow is not None:
                follow.close()
        if self._stream is not None and self._visitor is not None:
            self._chat.disappeared(self._visitor.tenant_id, self._stream.contact_id)
        self._follow = self._place = self._stream = None

    async def _contact_view(self, contact: Contact) -> dict[str, object]:
        self._watch_place(contact)
        name = self._stream.agent_name if self._stream is not None else None
        connected = contact.status is ContactStatus.CONNECTED
        if connected and name is None:  # the page already knew the story up to here
            for told in await self._chat.history(contact.tenant_id, contact.id, 0):
                name = getattr(told.event, "agent_name", None) or name
        agent = {"name": name} if connected and name is not None else None
        return {"id": contact.id, "status": contact.status, "locale": contact.locale, "agent": agent}

    def on_events(self, contact: Contact, events: Sequence[Told]) -> None:
        if self._stream is None or contact.id != self._stream.contact_id:
            return
        self._wire.send_all([ENCODER.encode(frame) for frame in self._stream.live(events)])
        self._watch_place(contact)

    def on_passing(self, message: Mapping[str, object]) -> None:
        view = passing_view(message, None if self._stream is None else self._stream.contact_id)
        if view is not None:
            self._send(view)

    def _watch_place(self, contact: Contact) -> None:
        waits = contact.status in (ContactStatus.QUEUED, ContactStatus.OFFERED)
        if waits and self._place is None and contact.queue is not None:
            self._place = self._chat.watch_place(
                contact.tenant_id, contact.id, contact.queue.queue_id, self._tell_place
            )
        elif not waits and self._place is not None:
            self._place.close()
            self._place = None

    def _tell_place(self, position: int | None, wait: ToldWait | None) -> None:
        low_s, high_s = wait or (None, None)
        self._send({"t": "queue", "position": position, "low_s": low_s, "high_s": high_s})

    def _pass_on(self, frame: frames.Typing | frames.Read) -> None:
        if self._stream is None or self._visitor is None:
            return
        message: dict[str, object] = {"from": "customer"}
        if isinstance(frame, frames.Typing):
            message |= {"t": "typing", "on": frame.on}
        else:
            message |= {"t": "read", "seq": frame.seq}
        self._chat.pass_on(self._visitor.tenant_id, self._stream.contact_id, message)

    # --- to the socket -------------------------------------------------------------------------

    def _send(self, frame: Mapping[str, object]) -> None:
        if not self._closed:
            self._wire.send(ENCODER.encode(frame))

    def _refuse(self, refused: Refused, cid: str | None) -> None:
        frame: dict[str, object] = {"t": "error", "code": refused.code, "text": refused.text, "fix": refused.fix}
        if cid is not None:
            frame["cid"] = cid
        self._send(frame)
