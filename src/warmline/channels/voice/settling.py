"""After every input: what the customer and the others hear now, and what else follows from how things are.

The rule against dead air lives here: from answer to hang-up the customer hears a voice, a person or music,
or it is their turn to speak or type; nothing else lasts longer than two seconds.
"""

from typing import Literal
from uuid import UUID

from warmline.channels.voice.actions import (
    CUSTOMER,
    Dial,
    HangUp,
    Listen,
    PauseRecording,
    Prepare,
    RecordRight,
    Route,
    Say,
    Shield,
    Sounds,
    StartRecording,
    StopRecording,
)
from warmline.channels.voice.asking import Answer, Asked, Question
from warmline.channels.voice.people_side import end_secure
from warmline.channels.voice.state import AWAY_AGAIN_S, AWAY_MUSIC_S, JOIN_S, QUIET_S, CallState
from warmline.domain.contact.commands import CustomerSilent
from warmline.domain.contact.events_voice import (
    CallAnswered,
    CallFailed,
    RecordingPaused,
    RecordingResumed,
    RecordingStarted,
)


def settle(call: CallState, now_s: float) -> None:
    """Bring everything into agreement with the call's state."""
    if call.phase == "over":
        return
    _look_at_the_clock(call, now_s)
    if call.owed and call.dialled and call.phase == "dialling" and call.circle.owner() is None:
        call.give_up()  # nobody is rung for nobody
    if call.given_up is not None:
        call.note(CallFailed(call.given_up))
        hang_up(call, "agent", outcome=call.given_up)
        return
    if call.bridging and call.contact_over and call.phase == "live" and not call.circle.consulted():
        call.part_all(list(call.circle.parties.values()))  # whoever still listens has nobody to listen to
        call.phase = "ending"
    _dial(call, now_s)
    _route(call)
    _customer_hears(call, now_s)
    _others_hear(call)
    _record(call, now_s)
    _guard(call)


def _look_at_the_clock(call: CallState, now_s: float) -> None:
    asked = call.asked
    if asked is not None:
        due = asked.due(now_s)
        if isinstance(due, Answer):
            answer(call, due, now_s)
        elif due is None:
            call.asked = None
            call.quiet_since_s = now_s
            if not call.away:  # later, the question's own timer says so
                call.do(CustomerSilent(asked.question.asked_seq))
    _who_answered(call, now_s)
    if call.secure is not None and call.secure.outcome is None and now_s >= call.secure.due_s:
        call.secure.pause()
        end_secure(call)
    recording = call.recording
    if recording is not None and recording.until_s is not None and now_s >= recording.until_s:
        stop_recording(call, now_s)
    if call.leaving:
        call.leave_due_s = call.leave_due_s or now_s + QUIET_S
        if now_s >= call.leave_due_s:
            call.leaving, call.phase = False, "ending"


def _who_answered(call: CallState, now_s: float) -> None:
    """A machine is a hint for the agent: they decide what to do about it."""
    verdict = None if call.greeting is None else call.greeting.verdict(now_s)
    if verdict is None:
        return
    call.greeting = None
    if verdict == "machine":
        call.result = "machine"
        call.note(CallAnswered(machine=True))
    elif call.owed:
        call.owed = False
        call.note(CallAnswered())


def answer(call: CallState, given: Answer, now_s: float) -> None:
    """Give the contact the customer's answer to the open question."""
    call.answers += 1
    call.do(given.command(call.id, call.answers))
    call.asked = None
    call.lips.answered()
    call.quiet_since_s = now_s


def _dial(call: CallState, now_s: float) -> None:
    """The customer is called once the agent can hear it ring."""
    if call.phase != "dialling" or call.dialled:
        return
    owner = call.circle.owner()
    if owner is not None and owner.up and call.number is not None:
        call.dialled = True
        call.out.append(Dial(CUSTOMER, call.number))
    elif now_s >= call.began_s + JOIN_S:
        call.note(CallFailed("failed"))
        hang_up(call, "system", outcome="failed")


def _route(call: CallState) -> None:
    hears = call.circle.hears(call.line_up)
    if hears != call.hears:
        call.hears = hears
        call.out.append(Route(hears))


def _customer_hears(call: CallState, now_s: float) -> None:
    if not call.line_up:
        if call.phase == "ending" and call.direction == "outbound":
            hang_up(call, call.ended_by)  # the agent gave up before anybody answered
        return
    if call.talking:
        call.waiting = False
        call.asked = None
        call.hush()
    if call.lips.current is not None:
        _prepare_next(call)
        return
    if _takes_message(call) and (call.lips.queue or call.talking or call.phase == "ending"):
        stop_recording(call, now_s)
    if call.lips.queue:
        _say_next(call)
    elif call.phase == "ending":
        hang_up(call, call.ended_by)
    elif call.talking:
        _music(call, False, now_s)
    elif _takes_message(call):
        return
    elif call.voicemail_s is not None:
        _voicemail(call, now_s)
    elif call.asked is not None:
        _music(call, False, now_s)
    elif _waits_for_people(call) or call.away or now_s >= call.quiet_since_s + QUIET_S:
        _music(call, True, now_s)
        _apologise(call, now_s)


def _takes_message(call: CallState) -> bool:
    return call.recording is not None and call.recording.what == "voicemail"


def _waits_for_people(call: CallState) -> bool:
    return call.waiting or call.circle.held or call.bridging or call.circle.owner() is not None


def _say_next(call: CallState) -> None:
    one = call.lips.begin()
    ahead = not one.firm and (one.question is not None or call.lips.ahead() is not None)
    prompt = None if call.away else one.prompt  # a recording of it would have to be looked up
    call.out.append(Say(call.lips.play, one.text, one.locale, prompt, one.lasting, barge=ahead))
    call.sounding = "say"
    _prepare_next(call)


def _prepare_next(call: CallState) -> None:
    """Have what comes next rendered while something else is being said, whenever it was added."""
    after = call.lips.queue[0] if call.lips.queue else None
    if after is not None and after is not call.prepared:
        call.prepared = after
        call.out.append(Prepare(after.text, after.locale, after.prompt, after.lasting))


def _music(call: CallState, on: bool, now_s: float) -> None:
    if on and call.sounding != "music":
        call.out.append(Sounds(CUSTOMER, "music"))
        call.sounding = "music"
        if call.away:
            call.away_due_s = call.away_due_s or now_s + AWAY_MUSIC_S
    elif not on and call.sounding is not None:
        call.fall_silent()
        call.quiet_since_s = now_s


def _apologise(call: CallState, now_s: float) -> None:
    if not call.away or call.promise_asked:
        return
    if call.away_due_s is None:
        call.away_due_s = now_s + AWAY_MUSIC_S
    if now_s >= call.away_due_s:
        call.away_due_s = now_s + AWAY_AGAIN_S
        call.say_own("voice.away" if call.number else "voice.away_unknown", firm=False)
        _say_next(call)


def _voicemail(call: CallState, now_s: float) -> None:
    seconds = call.voicemail_s or 0.0
    call.voicemail_s = None
    stop_recording(call, now_s)
    recording = call.new_recording("voicemail", now_s)
    recording.until_s = now_s + seconds
    call.message_on_its_way = True
    call.out.append(Sounds(CUSTOMER, "beep"))
    call.out.append(StartRecording("voicemail", ()))
    call.sounding = "voicemail"


def _others_hear(call: CallState) -> None:
    for party in call.circle.parties.values():
        sound = call.circle.sound(party, call.phase == "dialling")
        ear = call.circle.voice_of(party) if party.role == "owner" else party.id
        if call.sounds.get(ear) != sound:
            call.sounds[ear] = sound
            call.out.append(Sounds(ear, sound))


def _record(call: CallState, now_s: float) -> None:
    recording = call.recording
    if call.bridging:  # from here on the customer talks with somebody who was told of no recording
        if recording is not None and recording.what == "call":
            stop_recording(call, now_s)
        return
    if recording is None:
        if not (call.recorded and call.talking):
            return
        recording = call.new_recording("call", now_s)
        recording.right = _right(call)
        call.out.append(StartRecording("call", recording.right))
    if recording.what != "call":
        return
    right = _right(call)
    if right != recording.right:
        recording.right = right
        call.out.append(RecordRight(right))
    paused = recording.paused_by_agent or _unheard(call)
    if paused != recording.paused:
        recording.paused = paused
        call.out.append(PauseRecording(paused))
        if recording.id is not None:
            fact = RecordingPaused if paused else RecordingResumed
            call.note(fact(recording.id, round(now_s - recording.began_s, 1)))


def _right(call: CallState) -> tuple[str, ...]:
    """Return whose voices are ours in the recording: those who talk, never who listens or whispers.

    Nor somebody outside who is asked something: nobody has told them that they are recorded.
    """
    outside = {one.id for one in call.circle.parties.values() if one.kind == "number"}
    return tuple(one for one in call.circle.group(call.line_up) if one != CUSTOMER and one not in outside)


def _unheard(call: CallState) -> bool:
    """Whether what the customer keys in or says now is for nobody's ears: for an agent's secure input, or because
    a journey asks for a secret, or is about to: its answer may be keyed in before it has been asked.
    """
    if call.secure is not None and call.secure.outcome is None:
        return True
    question = call.asked.question if call.asked is not None else call.lips.ahead()
    return question is not None and question.kind == "secret"


def _guard(call: CallState) -> None:
    if call.phase == "over":
        return
    if call.shielded != _unheard(call):
        call.shielded = not call.shielded
        call.out.append(Shield(call.shielded))
    said = call.lips.current
    question = call.asked.question if call.asked is not None else said.question if said is not None else None
    understands = call.may_listen and question is not None and question.kind != "secret"
    _listen(call, "words" if understands else "voice" if call.greeting is not None else None, question)


def _listen(call: CallState, how: Literal["words", "voice"] | None, question: Question | None) -> None:
    if how == call.listening:
        return
    if call.listening is not None:
        call.out.append(Listen(False, call.locale))
    call.listening = how
    hints = () if question is None else tuple(one.label for one in question.choices)
    if how is not None:
        call.out.append(Listen(True, call.locale, hints if how == "words" else (), how == "words"))


def recording_began(call: CallState, record: UUID | None) -> None:
    """A recording runs, or could not be begun: then this call is not recorded, and the desk sees it."""
    if record is None:
        call.recorded, call.recording, call.message_on_its_way = False, None, False
    elif call.recording is not None:
        call.recording.id = record
        if call.recording.what == "call":
            call.note(RecordingStarted(record))


def stop_recording(call: CallState, now_s: float) -> None:
    """End the recording that runs; told by `Recorded` when it is complete."""
    if call.recording is None:
        return
    call.out.append(StopRecording())
    if call.recording.what == "voicemail":
        call.sounding = None
        call.quiet_since_s = now_s
    call.recording = None


def hang_up(call: CallState, by: str, cause: int = 16, outcome: str | None = None) -> None:
    """End the call, in whatever state it is."""
    if call.phase == "over":
        return
    call.phase, call.result = "over", outcome or ("machine" if call.result == "machine" else None)
    call.line_up = False
    call.asked = None
    call.lips.queue.clear()
    call.lips.current = None
    if call.secure is not None and call.secure.outcome is None:
        end_secure(call, "cancelled")
    call.circle.parties.clear()
    call.hears = {}
    call.out.append(HangUp(by, cause, outcome))


def spoken(call: CallState, play: str, to_the_end: bool, now_s: float) -> None:
    """An utterance ended: its question, if it asked one, is open now."""
    one = call.lips.ended(play)
    if one is None:
        return
    call.sounding = None
    call.quiet_since_s = now_s
    if one.question is not None and (call.asked is None or call.asked.question is not one.question):
        call.asked = Asked(one.question)
    if call.asked is not None and one.question is not None and call.asked.due_s is None:
        call.asked.spoken(now_s)


def due_s(call: CallState) -> float | None:
    """Return when time alone changes something, None: never."""
    if call.phase == "over":
        return None
    found: list[float] = []
    if call.phase == "dialling" and not call.dialled:
        found.append(call.began_s + JOIN_S)
    if call.asked is not None and call.asked.due_s is not None:
        found.append(call.asked.due_s)
    if call.line_up and call.sounding is None and call.asked is None and not call.talking:
        found.append(call.quiet_since_s + QUIET_S)
    if call.away and call.away_due_s is not None and call.sounding == "music" and not call.promise_asked:
        found.append(call.away_due_s)
    if call.leaving and call.leave_due_s is not None:
        found.append(call.leave_due_s)
    if call.greeting is not None:
        found.append(call.greeting.due_s)
    if call.secure is not None and call.secure.outcome is None:
        found.append(call.secure.due_s)
    if call.recording is not None and call.recording.until_s is not None:
        found.append(call.recording.until_s)
    return min(found, default=None)
