"""Between the journey and the contact: what a journey wants becomes events, timers, tasks and states."""

from collections.abc import Mapping
from datetime import timedelta

from msgspec.structs import replace

from warmline.domain.contact import callback, endings, place, queueing
from warmline.domain.contact.announcements import heard
from warmline.domain.contact.commands import StartTask
from warmline.domain.contact.draft import Draft
from warmline.domain.contact.events import (
    DataCollected,
    Digits,
    HandedOver,
    IdentityRefused,
    IdentityVerified,
    JourneyMoved,
    LocaleChanged,
    MessageSent,
    QuickReply,
    ReasonRecognised,
    SurveyAnswered,
    TaskStarted,
)
from warmline.domain.contact.events_voice import VoicemailAsked
from warmline.domain.contact.model import ContactStatus, DisconnectReason, SkillNeed
from warmline.domain.contact.passages import Unheard, passing
from warmline.domain.journey import interface as j
from warmline.domain.journey import machine
from warmline.domain.journey.run import timers
from warmline.kernel.errors import Refused

LINK_TIMEOUT_S = 10.0


def begin(draft: Draft, journey_id: str, version: int, given: Mapping[str, object]) -> None:
    """Start a journey on the contact; the first thing it says is part of the same step.

    Of what a page gives, the journey gets what it declares as its parameters: anybody can write a page, and a
    journey was proved with no other variable set.
    """
    variables = {name: given.get(name, "") for name in _parameters(draft, journey_id, version)}
    session = machine.begin(journey_id, version, draft.contact.locale, variables)
    # A second journey on the same contact must not reuse the first one's task ids.
    draft.set(journey=replace(session, task_count=draft.before.seq))
    advance(draft, j.Started())


def _parameters(draft: Draft, journey_id: str, version: int) -> tuple[str, ...]:
    try:
        return draft.facts.journey(journey_id, version)[0].parameters
    except KeyError:
        return ()  # the machine apologises for a journey that nobody knows


def advance(draft: Draft, event: j.JourneyEvent) -> None:
    """Give the journey one event and carry out what it answers."""
    contact = draft.contact
    if contact.journey is None:
        return
    step = machine.advance(
        contact.journey,
        event,
        draft.facts,
        draft.now,
        channel=contact.channel,
        contact_id=contact.id,
        origin=contact.origin,
        person_after=_person_after(draft),
        queue_open=lambda queue_id, at: callback.is_open(draft.policy.queue(_existing(draft, queue_id)), at),
    )
    if step.session is contact.journey and not step.commands:
        return  # late news for the journey; what it expects next has not changed either
    draft.pass_by(*passing(contact.passed, contact.journey, step, draft.seq))
    asked_at = draft.now if step.expects_secret else contact.secret_asked_at
    draft.set(journey=step.session, expects_secret=step.expects_secret, secret_asked_at=asked_at)
    if step.session.locale != contact.locale:
        draft.emit(LocaleChanged(step.session.locale))
        draft.set(locale=step.session.locale)
    unsaid: set[str] = set()  # what the journey would have said, and is not true
    for command in step.commands:
        _carry_out(draft, command, unsaid)
    _keep_alive(draft)


def _person_after(draft: Draft) -> int | None:
    """Return how often this customer may be misunderstood; in a survey they have had their person."""
    contact = draft.contact
    if contact.intent is None or contact.status is not ContactStatus.JOURNEY:
        return None
    return draft.policy.person_after.get(contact.intent)


def silence(draft: Draft) -> None:
    """Let the question that is open take silence for an answer, as if its own timer had fired."""
    journey = draft.contact.journey
    if journey is None or journey.waiting is None or journey.waiting.kind not in ("input", "survey"):
        return
    timer = timers(journey.waiting)[0]
    draft.unwake(timer)
    advance(draft, j.TimedOut(timer))


def voicemail_done(draft: Draft, *, recorded: bool) -> None:
    """Let the journey go on after a message was spoken, or not."""
    advance(draft, j.VoicemailDone(recorded))


def drop(draft: Draft) -> None:
    """End the journey because a person speaks now."""
    draft.set(journey=None, expects_secret=False)
    draft.unwake("journey")


def rescue(draft: Draft) -> None:
    """Help a customer whose journey came to a halt: a person if there is a queue, else an explained end."""
    drop(draft)
    queue = draft.contact.queue
    queue_id = queue.queue_id if queue is not None else draft.policy.fallback_queue_id
    if queue_id is None:
        draft.say("contact.message_kept")
        endings.end(draft, DisconnectReason.MESSAGE_TAKEN, "system")
    else:
        draft.say("contact.trouble")
        queueing.enter(draft, queue_id, "repaired", prefer_last=True)


def _carry_out(draft: Draft, command: j.JourneyCommand, unsaid: set[str]) -> None:
    match command:
        case j.Speak():
            if command.prompt not in unsaid:
                _speak(draft, command)
        case j.WakeMe():
            draft.wake(command.name, command.after_s)
        case j.NoWake():
            draft.unwake(command.name)
        case j.Moved():
            draft.emit(JourneyMoved(command.journey_id, command.version, command.section))
        case j.RunTask():
            _run(draft, command)
        case j.Collected():
            draft.emit(DataCollected(command.name, command.value))
        case j.Recognised():
            draft.emit(ReasonRecognised(command.intent))
            draft.set(intent=command.intent)
        case j.HandedOver():
            draft.emit(HandedOver(command.times, draft.contact.intent or ""))
        case j.Misunderstood():
            draft.unheard.append(Unheard(draft.before.seq, command))
        case j.EnterQueue():
            _enter_queue(draft, command)
        case j.LeaveQueue():
            if draft.contact.status in (ContactStatus.QUEUED, ContactStatus.OFFERED):
                queueing.leave(draft)
        case j.Verified():
            _verified(draft, command)
        case j.NotVerified():
            draft.emit(IdentityRefused(command.method, command.locked))
        case j.PromiseCallback():
            if not _promise(draft, command) and command.told_by is not None:
                unsaid.add(command.told_by)
        case j.TakeVoicemail():
            draft.emit(VoicemailAsked(command.max_s))
        case j.Scored():
            draft.emit(SurveyAnswered(command.metric, command.score, command.comment))
            if command.metric == "csat":
                draft.set(csat=command.score)
        case j.Finished():
            _finish(draft, command)


def _speak(draft: Draft, command: j.Speak) -> None:
    replies = tuple(QuickReply(reply.value, reply.label) for reply in command.quick_replies)
    draft.message(
        MessageSent(
            author="bot",
            text=command.text,
            prompt=command.prompt,
            quick_replies=replies,
            input_kind=command.input_kind,
            digits=None if command.keys is None else Digits(*command.keys),
            locale=draft.contact.locale,
            fixed=command.fixed,
            form=command.form,
        ),
        told=heard(draft.contact, command.prompt),
    )
    place.promise_wait(draft)  # whoever waits is told how long


def _run(draft: Draft, command: j.RunTask) -> None:
    draft.emit(TaskStarted(command.task_id, command.task, command.attempt))
    not_before = draft.now + timedelta(seconds=command.delay_s) if command.delay_s > 0 else None
    draft.start(
        StartTask(command.task_id, command.task, command.args, command.timeout_s, command.attempt, not_before)
    )


def _enter_queue(draft: Draft, command: j.EnterQueue) -> None:
    queue_id = _existing(draft, command.queue)
    skills = tuple(SkillNeed(skill, level) for skill, level in sorted(command.skills.items()))
    queueing.enter(draft, queue_id, "journey", priority=command.priority, skills=skills, prefer_last=True)


def _existing(draft: Draft, queue_id: str) -> str:
    """Return the queue, or the fallback: a renamed queue must not strand a customer."""
    if draft.policy.queue_ids and queue_id not in draft.policy.queue_ids:
        return draft.policy.fallback_queue_id or queue_id
    return queue_id


def _verified(draft: Draft, command: j.Verified) -> None:
    draft.emit(IdentityVerified(level=command.level, method=command.method))
    draft.set(assurance=max(draft.contact.assurance, command.level))
    if command.customer_ref is not None:
        draft.system_task("customers.link", {"customer_ref": command.customer_ref}, LINK_TIMEOUT_S)


def _promise(draft: Draft, command: j.PromiseCallback) -> bool:
    """Promise the call; return False when its time cannot be kept and the customer was told another instead."""
    queue_id = _existing(draft, command.queue)
    not_before, not_after, zone = command.not_before, command.not_after, command.time_zone
    if not_before is not None:
        try:
            callback.check_window(draft, queue_id, not_before, not_after, zone)
        except Refused:  # the journey's hours are not the queue's: as soon as somebody is there, and told so
            callback.promise(draft, queue_id, command.phone, time_zone=zone)
            callback.confirm(draft)
            return False
    callback.promise(draft, queue_id, command.phone, not_before=not_before, not_after=not_after, time_zone=zone)
    if command.confirm:
        callback.confirm(draft)
    return True


def _finish(draft: Draft, command: j.Finished) -> None:
    drop(draft)
    if draft.contact.status is ContactStatus.SURVEY:
        endings.end(draft, DisconnectReason.AGENT_ENDED, "agent")
    elif draft.contact.status is not ContactStatus.CALLBACK:
        endings.end(draft, DisconnectReason(command.reason), "bot")


def _keep_alive(draft: Draft) -> None:
    """Put a net under a journey that waits without a timer of its own."""
    contact = draft.contact
    if contact.journey is None or contact.status not in (ContactStatus.JOURNEY, ContactStatus.SURVEY):
        draft.unwake("journey.watch")
        return
    if not any(name.startswith("journey.") for name in contact.timers):
        draft.wake("journey.watch", draft.policy.journey_watch_s)
