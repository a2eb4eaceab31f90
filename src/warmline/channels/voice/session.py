"""One call, carried out: its machine decides, one input after the other; this speaks, dials and writes."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from warmline.channels.voice import actions as a
from warmline.channels.voice import inputs as i
from warmline.channels.voice.call import CallMachine
from warmline.channels.voice.ear import Ear
from warmline.channels.voice.inbox import Inbox
from warmline.channels.voice.journal import LocalPromise
from warmline.channels.voice.lane import Lane
from warmline.channels.voice.lines import Lines
from warmline.channels.voice.mouth import Mouth
from warmline.channels.voice.rooms import VoiceRooms, leg_of, party_of
from warmline.channels.voice.state import CallState
from warmline.channels.voice.summons import call_agent, ring_colleague, stop_ringing
from warmline.channels.voice.taping import Tapes, Taping
from warmline.domain.contact.commands import AnyCommand, NoteCall
from warmline.domain.contact.events import AgentJoined, ContactQueued, MessageSent
from warmline.domain.contact.events_voice import CallEnded, CallStarted
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.kernel.errors import Refused
from warmline.kernel.locale import Locale
from warmline.ports import media as m
from warmline.ports.chat import Follow, Told
from warmline.runtime.clock import utc_now
from warmline.runtime.commit_store import connection_is_lost

LOG = logging.getLogger(__name__)
BARGED_S = 0.3  # the key that stopped an utterance is known by then
BROWSER_BACK_S = 20.0  # a customer's page may load again
PHONE_BACK_S = 120.0
KEY_HELD_S = 0.6  # a key is told when it is pressed; by then it has been let go


class CallSession:
    """Implements `warmline.ports.chat.Listener` for its contact. `run` is the call's life."""

    def __init__(self, rooms: VoiceRooms, tenant_id: str, state: CallState, *, browser: bool = False) -> None:
        self.rooms = rooms
        self.id = state.id
        self.tenant_id = tenant_id
        self.machine = CallMachine(state)
        self.contact: Contact | None = None
        self.contact_id: UUID | None = None
        self.journey_id = ""
        self.called = ""
        self.number_id: str | None = None
        self.trunk: str | None = None
        self.browser = browser
        self._inbox = inbox = Inbox(state)
        self.lines = Lines(rooms, state.id, tenant_id, inbox.put, inbox.ask)
        self.mouth = Mouth(rooms, state.id, tenant_id, lambda play, ended: inbox.put(i.Said(play, ended)))
        self.tapes = Tapes(rooms, state.id, inbox.put)
        self.lane = Lane()
        self.ear = Ear(rooms, state.id, lambda text: inbox.put(i.Heard(text)))
        state.may_listen = rooms.recogniser is not None
        state.own_words = partial(rooms.own_words, tenant_id)
        self.on_over: Callable[[CallSession], None] | None = None
        self.on_written: Callable[[CallSession], None] | None = None
        self._follow: Follow | None = None
        self._running: list[asyncio.Task[None]] = []
        self._lost: dict[str, asyncio.TimerHandle] = {}
        self._bared: asyncio.TimerHandle | None = None
        self._farewell_in: Locale | None = None
        rooms.media.listen(self.lines.call, self._heard)

    # --- inputs --------------------------------------------------------------------------------------

    def put(self, event: i.Input) -> None:
        """Take an input; what overflows a call that no longer keeps up ends it, as a fault of ours."""
        self._inbox.put(event)

    async def ask(self, event: i.Input) -> None:
        """Take an input and wait until it has been followed. Raises Refused."""
        await self._inbox.ask(event)

    @property
    def over(self) -> bool:
        return self.machine.state.phase == "over"

    def begin(self) -> None:
        """Start the call's life."""
        self._running = [
            self.rooms.tasks.spawn("voice.call", self._live()),
            self.rooms.tasks.spawn("voice.tapes", self.tapes.run()),
        ]

    async def attach(self, contact: Contact, events: Sequence[Told]) -> None:
        """The call's contact is known: follow it from here on. `events` is what led there, of an older contact."""
        self.contact, self.contact_id = contact, contact.id
        self.lane_begins()
        since = 0
        if events:
            since = events[-1].seq
            self._catch_up(contact, events)
        self._follow = self.rooms.contacts.follow(self.tenant_id, contact.id, since, self)
        state = self.machine.state
        await self.rooms.rows.began(
            self.tenant_id, self.id, contact.id, self.rooms.node_id, state.direction,
            number_id=self.number_id, trunk_id=self.trunk,
        )  # fmt: skip
        if state.line_up:
            await self._row_answered()

    def lane_begins(self) -> None:
        contact_id = self.contact_id
        assert contact_id is not None  # noqa: S101 -- just set

        async def give(command: AnyCommand) -> object:
            return await self.rooms.contacts.command(self.tenant_id, contact_id, command)

        self._running.append(self.rooms.tasks.spawn("voice.lane", self.lane.run(give)))

    def note_start(self) -> None:
        """Tell the contact that a call has begun, before anything else."""
        state = self.machine.state
        self.lane.put(NoteCall(CallStarted(state.direction, state.number, self.called or None, state.attestation)))

    def _catch_up(self, contact: Contact, events: Sequence[Told]) -> None:
        """An older contact joins: where it stands now, and the question that is open, if any."""
        tell = self._tell_event
        if contact.status in (ContactStatus.QUEUED, ContactStatus.OFFERED) and contact.queue is not None:
            tell(contact, ContactQueued(contact.queue), contact.seq)
        elif contact.status is ContactStatus.CONNECTED and contact.agent_id is not None:
            names = [one.event.agent_name for one in events if isinstance(one.event, AgentJoined)]
            tell(contact, AgentJoined(contact.agent_id, names[-1] if names else ""), contact.seq)
        else:
            spoken = [n for n, one in enumerate(events) if getattr(one.event, "author", None) == "customer"]
            for one in events[spoken[-1] + 1 if spoken else 0 :]:
                if isinstance(one.event, MessageSent):
                    tell(contact, one.event, one.seq)

    def _tell_event(self, contact: Contact, event: Any, seq: int) -> None:
        self.put(i.ContactEvent(event, contact.channel, contact.locale, seq))

    # --- the contact's listener ----------------------------------------------------------------------

    def on_events(self, contact: Contact, events: Sequence[Told]) -> None:
        self.contact = contact
        for told in events:
            self._tell_event(contact, told.event, told.seq)

    def on_passing(self, message: Mapping[str, object]) -> None:
        pass  # typing and reading make no sound

    # --- the media engine's events -------------------------------------------------------------------

    def _heard(self, event: m.MediaEvent) -> None:
        loop = asyncio.get_running_loop()
        match event:
            case m.Digit(leg=leg, digit=digit) if party_of(leg) == a.CUSTOMER:
                if digit in "0123456789*#":
                    self.put(i.Key(digit))
            case m.Played(leg=leg, play=play) if party_of(leg) == a.CUSTOMER:
                self.mouth.played(play)
                if event.to_the_end:
                    self.put(i.Said(play))
                else:
                    loop.call_later(BARGED_S, self.put, i.Said(play, False))
            case m.LegUp(leg=leg):
                self._leg_up(party_of(leg))
            case m.LegSilent(leg=leg):
                self._leg_silent(party_of(leg))
            case m.SpeechHeard(leg=leg, on=on) if party_of(leg) == a.CUSTOMER:
                self.put(i.Speaking(on))
            case m.RecordingFailed():
                self.put(i.RecordingBegan(None))
            case m.WorkerLost():
                self.put(i.LineClosed("system", 41))
            case m.Recorded():
                self.rooms.tasks.spawn("voice.recorded", self.tapes.complete(event, self.tenant_id))
            case m.Report(report=one) if party_of(one.leg) == a.CUSTOMER:
                self.put(i.Quality(one.mos, one.lost_share, one.jitter_ms))
            case _:
                pass

    def _leg_up(self, party: str) -> None:
        if (timer := self._lost.pop(party, None)) is not None:
            timer.cancel()
        if party != a.CUSTOMER:
            if not self.lines.has_line(party):
                self.put(i.PartyUp(party))
        elif self.browser and not self.machine.state.line_up:
            self.put(i.LineOpen())

    def _leg_silent(self, party: str) -> None:
        """Nothing comes from a leg: a browser's page is gone or loads again; telephones may be mute for long."""
        if party in self._lost:
            return
        loop = asyncio.get_running_loop()
        if party == a.CUSTOMER:
            back_s = BROWSER_BACK_S if self.browser else PHONE_BACK_S
            self._lost[party] = loop.call_later(back_s, self.put, i.LineClosed("network", 41))
        elif not self.lines.has_line(party):
            self.put(i.PartyGone(party))
            self.rooms.tasks.spawn("voice.lost", self.lines.let_go(party))

    # --- life ----------------------------------------------------------------------------------------

    async def _live(self) -> None:
        loop = asyncio.get_running_loop()
        while not self.over:
            event, done = await self._inbox.next(self.machine.due_s)
            await self._take(event, done, loop.time())
        while self._inbox.rest() is not None:
            pass
        try:
            await self._leave()
        finally:
            if self.on_written is not None:
                self.on_written(self)

    async def _take(self, event: i.Input, done: asyncio.Future[None] | None, now_s: float) -> None:
        try:
            actions = self.machine.handle(event, now_s)
        except Refused as refused:
            if done is not None and not done.done():
                done.set_exception(refused.with_traceback(None))  # or it would hold us, as long as itself
            return
        if isinstance(event, i.LineOpen) and self.contact_id is not None:
            self.rooms.tasks.spawn("voice.row", self._row_answered())
        self._farewell()
        for action in actions:
            try:
                await self._carry_out(action)
            except Refused as refused:
                LOG.info("Call %s: %s was refused: %s", self.id, type(action).__name__, refused.code)
        if done is not None and not done.done():
            done.set_result(None)

    def _farewell(self) -> None:
        """What the customer hears should this process die is ready with the engine, in their language."""
        state = self.machine.state
        if state.line_up and self._farewell_in != state.locale:
            self._farewell_in = state.locale
            words = state.own("voice.lost")
            self.rooms.tasks.spawn("voice.farewell", self.mouth.farewell(words, state.locale))

    async def _leave(self) -> None:
        """Everything is closed; what is still to be written is written, however long that takes."""
        if self._follow is not None:
            self._follow.close()
            self._follow = None  # it knows us
        self.mouth.close()
        await self.ear.close()
        for timer in self._lost.values():
            timer.cancel()
        self._lost.clear()
        if self.on_over is not None:
            self.on_over(self)
        await self.tapes.done()
        for _ in range(50):  # what the last recording said of itself
            if (event := self._inbox.rest()) is None:
                await asyncio.sleep(0.02)
                continue
            for action in self.machine.handle(event, asyncio.get_running_loop().time()):
                await self._carry_out(action)
        if self.contact_id is not None:
            await self.lane.done()
        for task in self._running[1:]:
            task.cancel()
        self._running.clear()  # they know us: what knows one another stays in memory until the collector comes

    # --- what the machine wants ----------------------------------------------------------------------

    async def _carry_out(self, action: a.Action) -> None:
        media = self.rooms.media
        match action:
            case a.Say():
                self.mouth.say(action)
            case a.Prepare():
                self.mouth.prepare(action)
            case a.Sounds():
                await self.mouth.sound(action)
            case a.Route():
                hears = {
                    leg_of(self.id, ear): tuple(leg_of(self.id, one) for one in mouths)
                    for ear, mouths in action.hears.items()
                }
                await media.route(self.lines.call, hears)
            case a.Do():
                self.lane.put(action.command)
            case a.Shield():
                await self._shield(action.on)
            case a.Dial():
                promised = self.contact is not None and self.contact.callback is not None
                ours = "callback" if promised else "agent"
                purpose = ours if action.party == a.CUSTOMER else "transfer"
                self.lines.dial(action.party, action.number, purpose, self.contact_id or self.id)
            case a.LetGo():
                await self.lines.let_go(action.party)
            case a.HangUp():
                await self._hang_up(action)
            case a.Show():
                self._show(action.call)
            case _:
                await self._more(action)

    async def _shield(self, on: bool) -> None:
        """Let nobody hear the customer; or let them, once the end of the last key, too, has gone unheard."""
        if self._bared is not None:
            self._bared.cancel()
            self._bared = None
        if on:
            await self.rooms.media.secure(leg_of(self.id, a.CUSTOMER), True)
        else:
            self._bared = asyncio.get_running_loop().call_later(KEY_HELD_S, self._bare)

    def _bare(self) -> None:
        self._bared = None
        if not self.over:
            media = self.rooms.media
            self.rooms.tasks.spawn("voice.bare", media.secure(leg_of(self.id, a.CUSTOMER), False))

    async def _more(self, action: a.Action) -> None:
        match action:
            case a.CallAgent():
                call_agent(self, action)
            case a.RingColleague():
                ring_colleague(self, action)
            case a.StopRinging():
                stop_ringing(self, action.agent_id)
            case a.Listen(on=True):
                await self.ear.open(action.locale, action.hints, words=action.words)
            case a.Listen():
                await self.ear.close()
            case a.LeavePromise():
                self.rooms.tasks.spawn("voice.promise", self._promise())
            case _ if isinstance(action, Taping):
                self.tapes.put(action, self.contact)
            case _:
                pass

    async def _hang_up(self, action: a.HangUp) -> None:
        state = self.machine.state
        report = await self.lines.end(action.cause)
        seconds = round(asyncio.get_running_loop().time() - state.began_s, 1)
        quality = report or m.LegReport("")
        if action.outcome is None:
            self.lane.put(
                NoteCall(
                    CallEnded(action.by, action.cause, seconds, quality.mos, quality.lost_share, quality.jitter_ms)
                )
            )
        if self.contact_id is not None:
            self.rooms.tasks.spawn("voice.row", self._row_over(state.result or "answered", quality))

    async def _row_answered(self) -> None:
        await self.rooms.rows.answered(self.tenant_id, self.id)

    async def _row_over(self, outcome: str, quality: m.LegReport) -> None:
        while True:
            try:
                await self.rooms.rows.over(
                    self.tenant_id, self.id, outcome,
                    mos=quality.mos, lost_share=quality.lost_share, jitter_ms=quality.jitter_ms,
                )  # fmt: skip
                return
            except Exception as failure:
                if not connection_is_lost(failure):
                    raise
            await asyncio.sleep(1)

    def _show(self, call: Mapping[str, object]) -> None:
        if self.contact_id is not None:
            message = {"t": "call", "contact": str(self.contact_id), "call": dict(call)}
            self.rooms.contacts.pass_on(self.tenant_id, self.contact_id, message)

    async def _promise(self) -> None:
        state = self.machine.state
        promise = LocalPromise(
            self.id, self.tenant_id, state.number or "", utc_now(), self.journey_id, state.locale, self.called,
            self.contact_id,
        )  # fmt: skip
        try:
            await self.rooms.journal.add(promise)
        except OSError:
            LOG.exception("A promise could not be written to disk")
            return
        self.put(i.Promised())
