"""The brain of a call: what happened goes in, what is to be done comes out. No I/O, no clock of its own."""

from warmline.channels.voice import inputs as i
from warmline.channels.voice.actions import Action, LeavePromise, Show
from warmline.channels.voice.asking import Answer, Asked
from warmline.channels.voice.contact_side import contact_event
from warmline.channels.voice.greeting import Greeting
from warmline.channels.voice.people_side import end_secure, people_event
from warmline.channels.voice.settling import (
    answer,
    due_s,
    hang_up,
    recording_began,
    settle,
    spoken,
    stop_recording,
)
from warmline.channels.voice.showing import shown
from warmline.channels.voice.state import CallState
from warmline.domain.contact.commands import CustomerEnds, PromiseAfterCut, VoicemailTaken
from warmline.domain.contact.events_voice import CallAnswered, CallFailed, KeysSent, RecordingEnded

SAID_S = 2.0  # who hangs up sooner after the beep has said nothing
PEOPLE = (
    i.Joins | i.PartyUp | i.PartyGone | i.Forbidden | i.ChangeMode | i.Consult | i.LineHeld | i.Talk | i.Drop
    | i.Complete | i.Forward | i.Secure | i.Record
)  # fmt: skip


class CallMachine:
    """One call. Inputs come one at a time; a refused one (Refused) changed nothing."""

    def __init__(self, state: CallState) -> None:
        self.state = state

    def handle(self, event: i.Input, now_s: float) -> list[Action]:
        """Take one input and return what to do, in order. Raises Refused for what people may not do now."""
        call = self.state
        call.out = []
        if call.phase == "over":
            if isinstance(event, i.Recorded):
                self._recorded(event)
            elif isinstance(event, i.RecordingBegan) and event.record is None and call.message_on_its_way:
                call.do(CustomerEnds())
            return call.out
        if isinstance(event, PEOPLE):
            people_event(call, event, now_s)
        elif isinstance(event, i.ContactEvent):
            contact_event(call, event)
        else:
            self._line(event, now_s)
        settle(call, now_s)
        picture = shown(call)
        if picture != call.shown:
            call.shown = picture
            call.out.append(Show(picture))
        return call.out

    @property
    def due_s(self) -> float | None:
        """When to come back with a Tick; None: when something happens."""
        return due_s(self.state)

    # --- the line ----------------------------------------------------------------------------------

    def _line(self, event: i.Input, now_s: float) -> None:
        call = self.state
        match event:
            case i.LineOpen():
                self._open(now_s)
            case i.LineRinging():
                call.line_rings = True
            case i.LineFailed():
                call.note(CallFailed(event.outcome, event.cause))
                hang_up(call, "network", event.cause or 16, event.outcome)
            case i.LineClosed():
                self._closed(event, now_s)
            case i.Key():
                self._key(event.digit, now_s)
            case i.Speaking():
                self._speaking(event.on, now_s)
            case i.Heard():
                if call.asked is not None and event.text.strip():
                    call.hush()
                    answer(call, Answer(event.text.strip()), now_s)
            case i.Said():
                spoken(call, event.play, event.to_the_end, now_s)
            case _:
                self._around(event, now_s)

    def _around(self, event: i.Input, now_s: float) -> None:
        call = self.state
        match event:
            case i.DatabaseAway():
                call.away, call.away_due_s = True, None
            case i.DatabaseBack():
                call.away = call.promise_asked = False
            case i.KeysWereSent():
                call.note(KeysSent(event.count))
            case i.RecordingBegan():
                recording_began(call, event.record)
            case i.Promised():
                call.promised = call.contact_over = True
                call.phase = "ending"
                call.say_own("voice.promised")
            case i.Recorded():
                self._recorded(event)
            case i.Quality():
                mos = None if event.mos is None else round(event.mos, 1)
                call.quality = {
                    "mos": mos,
                    "lost_share": round(event.lost_share, 3),
                    "jitter_ms": round(event.jitter_ms),
                }
            case _:
                pass  # a tick: what is due is found when everything is settled

    def _open(self, now_s: float) -> None:
        call = self.state
        call.line_up, call.line_rings = True, False
        call.quiet_since_s = now_s
        call.note(CallAnswered(sure=not call.owed))
        if call.phase == "dialling":
            call.phase = "live"
        if call.direction == "outbound":
            call.greeting = Greeting(now_s)
        if call.recorded:
            call.say_own("voice.recorded")

    def _closed(self, event: i.LineClosed, now_s: float) -> None:
        call = self.state
        stop_recording(call, now_s)
        if call.owed and event.by != "system" and call.result == "machine":
            call.note(CallFailed("machine", event.cause))  # nobody heard us: their agent says what follows
            hang_up(call, event.by, event.cause, "machine")
            return
        if call.owed and call.greeting is not None and call.line_up:
            call.note(CallAnswered())  # who hangs up on us is no machine
        over = call.contact_over
        hang_up(call, event.by, event.cause)
        if over or call.goes_on_in_writing:
            return
        if event.by == "system":
            call.do(PromiseAfterCut())
        elif not call.message_on_its_way:  # else what follows from the message is told with it
            call.do(CustomerEnds())

    def _recorded(self, event: i.Recorded) -> None:
        call = self.state
        if not event.voicemail:
            call.note(RecordingEnded(event.record, event.seconds))
            return
        call.message_on_its_way = False
        hung_up = call.phase == "over" and not call.contact_over and not call.goes_on_in_writing
        if hung_up and event.seconds < SAID_S:
            call.do(CustomerEnds())
        else:
            call.do(VoicemailTaken(event.record, event.seconds, hung_up))

    def _speaking(self, on: bool, now_s: float) -> None:
        """Somebody who begins to answer while the question is still being asked is let speak."""
        call = self.state
        if call.greeting is not None:
            call.greeting.speaking(on, now_s)
        said = call.lips.current
        waiting = call.asked is None and call.listening == "words"
        if on and waiting and said is not None and said.question is not None:
            call.lips.skip_to_question()
            call.fall_silent()
            call.asked = Asked(said.question)
        if call.asked is not None:
            call.asked.speaking(on, now_s)

    # --- keys --------------------------------------------------------------------------------------

    def _key(self, digit: str, now_s: float) -> None:
        call = self.state
        if call.secure is not None and call.secure.outcome is None:
            call.secure.press(digit, now_s)
            if call.secure.outcome is not None:
                end_secure(call)
        elif call.recording is not None and call.recording.what == "voicemail":
            if digit == "#":
                stop_recording(call, now_s)
        elif call.asked is not None or call.lips.ahead() is not None:
            self._answering(digit, now_s)
        elif call.away and not call.talking and digit == "1" and call.number and not call.promise_asked:
            call.promise_asked = True
            call.hush()
            call.out.append(LeavePromise())

    def _answering(self, digit: str, now_s: float) -> None:
        """A key for the question that is open, being asked, or comes next: it ends what is being said."""
        call = self.state
        if call.asked is None or call.lips.ahead() is not None:
            question = call.lips.ahead()
            if question is None:
                return
            if call.lips.skip_to_question():
                call.fall_silent()
            call.asked = Asked(question)
            call.asked.spoken(now_s)
            call.quiet_since_s = now_s
        pressed = call.asked.press(digit, now_s)
        if isinstance(pressed, Answer):
            answer(call, pressed, now_s)
        elif pressed == "person":
            answer(call, call.asked.person(), now_s)
        elif pressed == "repeat":
            call.asked = None
            call.lips.again()
