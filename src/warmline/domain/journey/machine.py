"""The journey machine: one event in, the next place and the wishes out. Pure and deterministic.

Nobody is ever cut off: whatever goes wrong runs the journey's `on_error` once, and if that goes wrong too, the
platform says its last words and takes the message.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from warmline.domain.journey import keys, platform, steps
from warmline.domain.journey.cards import UNHURRIED
from warmline.domain.journey.document import Step
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.interface import (
    Advance,
    AskAgain,
    Facts,
    Finished,
    JourneyEvent,
    LocaleSwitched,
    QueueMoved,
    Said,
    Speak,
    Started,
    TaskDone,
    TimedOut,
    VoicemailDone,
)
from warmline.domain.journey.prompts import is_blank
from warmline.domain.journey.run import MAX_STEPS, QueueOpen, Run, expects_secret, timers
from warmline.domain.journey.session import Frame, JourneySession, Waiting
from warmline.domain.journey.unheard import missed
from warmline.domain.journey.walk import ON_ERROR, START
from warmline.kernel.locale import Locale

Watch = Callable[[Run, Step], None]
MAX_ERRORS = 3  # how often one journey may be rescued by `on_error`

# In a line everything but a language is for the person to come; while a message is recorded, all of it is.
_WISHES: dict[str, tuple[platform.Wish, ...]] = {"queue": platform.LOCALE_WISHES, "voicemail": ()}
_LAST_RESORT: dict[Locale, str] = {
    "ko": "죄송합니다. 지금은 안내를 이어 가기 어렵습니다. 남겨 주신 내용은 저장되었으니 담당자가 확인하겠습니다.",
    "ja": "申し訳ございません。ただいまご案内を続けることができません。"
    "いただいた内容は保存しましたので、担当者が確認いたします。",
    "en": "We are sorry, we cannot continue right now. What you told us is saved, and a person will look at it.",
}


def begin(
    journey_id: str, version: int, locale: Locale, variables: dict[str, object] | None = None
) -> JourneySession:
    """Return a session standing before its first step; `advance` it with `Started()`."""
    return JourneySession((Frame(journey_id, version, START, variables=variables or {}),), locale)


def advance(
    session: JourneySession,
    event: JourneyEvent,
    facts: Facts,
    now: datetime,
    *,
    channel: str,
    contact_id: UUID | None = None,
    origin: str | None = None,
    watch: Watch | None = None,
    queue_open: QueueOpen | None = None,
    person_after: int | None = None,
) -> Advance:
    """Take one event as far as the journey goes without waiting. What concerns it no more changes nothing.

    `origin` is the journey the contact began with; `watch` is shown every step before it runs, and what it raises
    beyond Exception comes out here. Without `queue_open`, queues are open at all times. `person_after`: whoever
    was not understood so often in this conversation comes to a person, by the way of the word "agent".
    """
    if not _concerns(session, event):
        return Advance(session, (), expects_secret(session.waiting))
    run = Run(session, facts, now, channel, contact_id, origin, queue_open, person_after)
    try:
        _take(run, session, event)
        _proceed(run, watch)
    except Exception as unforeseen:  # a bug here must not leave a customer without an answer
        _rescue(run, unforeseen, watch)
    return run.freeze()


def _take(run: Run, before: JourneySession, event: JourneyEvent) -> None:
    """Let the waiting step hear the event; note it where it was not understood, or not answered."""
    try:
        _receive(run, event)
        handed = False
    except platform.NotUnderstood:
        platform.hand_over(run)
        handed = True
    if run.misunderstood > before.misunderstood:
        frame = before.frames[-1]
        journey = run.resolve(frame.journey_id, frame.version)[0]
        run.commands.insert(0, missed(before, journey, event, n=run.misunderstood, handed=handed))


def _concerns(session: JourneySession, event: JourneyEvent) -> bool:
    waiting = session.waiting
    match event:
        case Started():
            return waiting is None and not session.history and not session.errors
        case LocaleSwitched(locale):
            return locale != session.locale
        case Said():
            return waiting is not None
        case TimedOut(name):
            return waiting is not None and name in timers(waiting)
        case TaskDone(task_id):
            return waiting is not None and waiting.kind == "task" and waiting.task_id == task_id
        case QueueMoved():
            return waiting is not None and waiting.kind == "queue"
        case VoicemailDone():
            return waiting is not None and waiting.kind == "voicemail"
        case AskAgain():
            return waiting is not None and steps.asks_something(waiting)


def _proceed(run: Run, watch: Watch | None) -> None:
    """Run steps until one waits or the journey ends. Raises Fault at a dead end or a runaway."""
    while run.running:
        step = run.step()
        if step is not None:
            run.steps += 1
            if run.steps > MAX_STEPS:
                raise Fault("runaway")
            if watch is not None:
                watch(run, step)
            steps.enter(run, step)
        elif run.journey.kind == "module" and run.section != ON_ERROR and run.outer:
            run.back_to_caller(None)
        else:
            raise Fault("fell_through")


def _receive(run: Run, event: JourneyEvent) -> None:
    waiting = run.waiting
    if waiting is None:
        if isinstance(event, LocaleSwitched):
            run.locale = event.locale
        else:
            run.goto(START)
        return
    match event:
        case Said():
            _hear(run, waiting, event)
        case LocaleSwitched(locale):
            _switch(run, waiting, locale)
        case TimedOut(name):
            steps.time_out(run, waiting, name)
        case TaskDone():
            steps.task_done(run, waiting, event)
        case QueueMoved():
            steps.queue_moved(run)
        case AskAgain():
            steps.say_again(run, waiting)
        case VoicemailDone(recorded):
            steps.voicemail_done(run, recorded=recorded)
        case Started():
            pass


def _hear(run: Run, waiting: Waiting, event: Said) -> None:
    """The platform's own words come before the step's, unless the step offers them as an option."""
    wish = None if run.channel in UNHURRIED else _wish(run, waiting, event)
    if wish is None or steps.takes_literally(run, event):
        steps.hear(run, waiting, event)
        return
    match wish:
        case "agent":
            if platform.at_agent_section(run):
                steps.hear(run, waiting, event)
            else:
                platform.to_agent(run)
        case "repeat":
            platform.say_once_more(run)
            steps.say_again(run, waiting)
        case "back":
            place = platform.previous_section(run)
            if place is None:
                run.speak("common.nothing_before")
                steps.say_again(run, waiting)
            else:
                platform.go_back(run, *place)
        case locale:
            _switch(run, waiting, locale)


def _wish(run: Run, waiting: Waiting, event: Said) -> platform.Wish | None:
    """Return what is asked of the platform, in words or by a key of the telephone."""
    if event.value is not None:
        return None
    key = event.text.strip()
    if run.spoken and key == keys.REPEAT and waiting.kind != "voicemail":
        return "repeat"
    if run.spoken and key == keys.PERSON:
        return None if steps.takes_zero(run, waiting) else "agent"
    return platform.wish(run, event.text, _WISHES.get(waiting.kind, platform.WISHES))


def _switch(run: Run, waiting: Waiting, locale: Locale) -> None:
    run.locale = locale
    steps.say_again(run, waiting)


def _rescue(run: Run, unforeseen: Exception, watch: Watch | None) -> None:
    """Run `on_error`, of the innermost journey that can be found; failing that, the last resort."""
    already_rescuing = run.section == ON_ERROR or run.errors >= MAX_ERRORS
    _note(run, unforeseen)
    try:
        run.stop_waiting()
        if already_rescuing:
            raise Fault("on_error_failed")
        _find_known_journey(run)
        run.errors += 1
        run.steps = 0
        run.goto(ON_ERROR)
        _proceed(run, watch)
    except Exception as again:  # the same rule: an answer, whatever happens
        _note(run, again)
        _last_resort(run)


def _find_known_journey(run: Run) -> None:
    while True:
        try:
            _ = run.journey
        except Fault:
            if not run.outer:
                raise
            run.drop_frame()
        else:
            return


def _note(run: Run, unforeseen: Exception) -> None:
    run.problems.append(str(unforeseen) if isinstance(unforeseen, Fault) else f"bug {type(unforeseen).__name__}")


def _last_resort(run: Run) -> None:
    run.stop_waiting()
    key = "common.last_resort"
    text = run.facts.prompt(key, run.locale, run.channel) or ""
    # Nothing is read here any more: what stands in braces may be what went wrong.
    if is_blank(text) or "{" in text:
        text = _LAST_RESORT[run.locale]
    run.commands.append(Speak(key, text))
    run.finish(Finished("message_taken"))
