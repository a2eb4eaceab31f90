"""The contact machine under every sequence of commands: its invariants, and its table."""

import contextlib
from datetime import timedelta
from typing import get_args
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact import events_voice as v
from warmline.domain.contact.machine import WHEN
from warmline.domain.contact.model import CallbackOrder, ContactStatus
from warmline.domain.contact.policy import Widening
from warmline.domain.hours.calendar import Calendar
from warmline.kernel.errors import Refused

SPACE = UUID(int=7)
AGENTS = [uuid5(SPACE, "mina"), uuid5(SPACE, "yuki")]
S = ContactStatus
OFFICE = Calendar("Asia/Seoul", "", {"mon": (("09:00", "18:30"),), "tue": (("09:00", "18:30"),)})

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "say", "say", "tap", "again", "secret", "language", "away", "back", "leave", "offer", "offer",
                "accept", "accept", "accept_foreign", "decline", "withdraw", "write", "note", "hold", "resume",
                "pass_queue", "pass_agent", "end", "wrap", "reassign", "gone", "timer", "timer", "timer",
                "stale_timer", "task_ok", "task_failed", "task_verified", "moved", "link", "repair",
                "call_me", "call_me", "call_me_later", "no_call", "no_call_after_all", "other_time", "pick",
                "push",
                "tried", "tried", "offer_many", "offer_many", "one_gone", "twice",
                "silent", "fact", "fact", "fact", "mailbox", "heard", "settled", "hand_over", "out", "cut",
            ]
        ),
        st.integers(0, 11),
    ),
    max_size=40,
)  # fmt: skip
TAPS = ["order", "verify", "call", "agent", "bye", "1234", "yes", "5", "010-1234-5678", "상담원", "back"]
RECORDING = uuid5(SPACE, "recording")
FACTS = [
    v.CallStarted("inbound", "+821012345678"), v.CallStarted("outbound", "+821012345678"), v.CallAnswered(),
    v.CallFailed("busy"), v.CallFailed("machine"), v.CallEnded("customer"), v.PartyJoined("p", "agent", "Mina"),
    v.PartyLeft("p", "agent"), v.RecordingStarted(RECORDING), v.SecureInputStarted("card"),
    v.VoicemailLeft(RECORDING, 3, "hello"), v.HandOnFailed("busy", "+82212345678"),
]  # fmt: skip


def command_for(case, step: str, n: int) -> c.AnyCommand:
    """Return a command of that kind, aimed as well or as badly as `n` says."""
    it, agent = case.it, AGENTS[n % 2]
    offer_id = it.offer.id if it.offer else uuid5(SPACE, "none")
    offered_to = it.offer.agent_id if it.offer else agent
    owner = it.agent_id or agent
    timer = sorted(case.timers)[n % len(case.timers)] if case.timers else "idle"
    task = sorted(it.tasks)[n % len(it.tasks)] if it.tasks else "none"
    tap = TAPS[n % len(TAPS)]
    match step:
        case "say":
            return c.CustomerMessage(f"c{it.seq}", f"hello {n}")
        case "tap":
            return c.CustomerMessage(f"c{it.seq}", tap, tap)
        case "again":
            return c.CustomerMessage("once", "the same")
        case "secret":
            return c.CustomerMessage(f"c{it.seq}", "492013")
        case "language":
            return c.CustomerLocale(("ko", "ja", "en")[n % 3])
        case "away" | "back":
            return c.CustomerConnection(step == "back")
        case "leave":
            return c.CustomerEnds() if n == 0 else c.CustomerMessage(f"c{it.seq}", "still here")
        case "offer":
            return c.MakeOffer(uuid5(SPACE, f"o{it.seq}"), agent, case.now + timedelta(seconds=20))
        case "accept":
            return c.AcceptOffer(offered_to, "Mina", offer_id)
        case "accept_foreign":
            return c.AcceptOffer(uuid5(SPACE, "stranger"), "Eve", offer_id)
        case "decline":
            return c.DeclineOffer(offered_to, offer_id)
        case "withdraw":
            return c.WithdrawOffer(offer_id)
        case "write":
            return c.AgentMessage(owner, "Mina", f"a{it.seq}", "How can I help?")
        case "note":
            return c.AddNote(owner, "Mina", f"n{it.seq}", "Regular customer.")
        case "hold":
            return c.Hold(owner)
        case "resume":
            return c.Resume(owner)
        case "pass_queue":
            return c.Transfer(owner, queue_id=("refunds", "nowhere")[n % 2])
        case "pass_agent":
            return c.Transfer(owner, to_agent_id=agent, note="Knows the case.")
        case "end":
            return c.AgentEnds(owner)
        case "wrap":
            return c.FinishWrapUp(it.wrap_up.agent_id if it.wrap_up else agent, "solved", "All good.")
        case "reassign":
            return c.Reassign(agent, queue_id="refunds" if n % 2 else None, to_agent_id=None if n % 2 else agent)
        case "gone":
            return c.AgentGone(owner)
        case "timer":
            case.now = max(case.now, case.timers.get(timer, case.now))
            return c.TimerFired(timer)
        case "stale_timer":
            return c.TimerFired("journey.nothing")
        case "task_ok":
            return c.TaskFinished(task, "ok", {"status": "shipped"})
        case "task_failed":
            return c.TaskFinished(task, "failed", reason="down")
        case "task_verified":
            return c.TaskFinished(
                task, "ok", {"level": 2, "customer_ref": "B-1", "tries_left": 2, "locked": False}
            )
        case "moved":
            case.world.staffed = n % 2 == 0
            return c.QueueChanged()
        case "call_me":
            return c.RequestCallback(phone="+821012345678" if n % 2 else None)
        case "call_me_later":
            start = case.now + timedelta(minutes=60 * n)
            return c.RequestCallback(
                not_before=start, not_after=start + timedelta(hours=1), time_zone="Asia/Tokyo"
            )
        case "no_call":
            return c.CustomerMessage(f"c{it.seq}", "cancel", "callback:cancel")
        case "no_call_after_all":
            return c.CancelCallback(agent if n % 3 == 0 else None)
        case "other_time":
            return c.RescheduleCallback(agent, not_before=case.now + timedelta(hours=n))
        case "pick":
            return c.PickContact(agent, "Mina")
        case "push":
            return c.Reassign(agent, to_agent_id=agent, force=("ring", "connect")[n % 2], to_agent_name="Mina")
        case "tried":
            return c.CallbackOutcome(owner, ("reached", "no_answer", "busy", "wrong_number")[n % 4])
        case "offer_many":
            until = case.now + timedelta(seconds=20)
            return c.MakeOffer(uuid5(SPACE, f"o{it.seq}"), agent, until, also=tuple(AGENTS))
        case "one_gone":
            return c.WithdrawOffer(offer_id, agent)
        case "twice":
            return c.TaskFinished(task, "ok", {"already": "x"})
        case "silent":
            return c.CustomerSilent(it.asked_seq if n % 2 else None)
        case "fact":
            return c.NoteCall(FACTS[n])
        case "mailbox":
            return c.VoicemailTaken(RECORDING if n % 2 else None, 4.0)
        case "heard":
            return c.HearMessage(agent, "Mina", RECORDING)
        case "settled":
            return c.SettleMessage(agent, "Mina", RECORDING, open=n % 2 == 0)
        case "hand_over":
            return c.CompleteTransfer(owner, agent, "Yuki")
        case "out":
            return c.TransferOut(owner, "+82212345678" if n % 2 else "12")
        case "cut":
            return c.PromiseAfterCut("+821012345678" if n % 3 == 0 else None)
        case "link":
            return c.LinkCustomer(uuid5(SPACE, f"customer{n}"))
        case _:
            return c.Repair("general", "orphan")


def check_invariants(case, before) -> None:
    it = case.it
    case.check()
    assert it.version == before.version + (it is not before)
    assert (it.offer is not None) == (it.status is S.OFFERED), "a live offer exactly while offered"
    assert (it.agent_id is not None) == (it.status is S.CONNECTED), "an owner exactly while connected"
    if it.status is S.CALLBACK:
        assert it.callback is not None, "who is to be called is owed a call"
        assert "callback" in it.timers, "and the promise has a clock"
    if it.callback is not None:
        assert it.status not in (S.JOURNEY, S.SURVEY, S.ENDED), "a promise ends before the contact does"
    if it.offer is not None:
        assert len(set(it.offer.recipients)) == len(it.offer.recipients)
    if it.status in (S.QUEUED, S.OFFERED, S.CALLBACK):
        assert it.queue is not None
        assert it.queue.entered_at == it.first_queued_at, "the place in line is never lost"
    if it.status is S.CONNECTED:
        assert it.journey is None, "bot and person never both speak"
    if it.status is S.ENDED:
        assert set(it.timers) <= {"wrap_up"}
    elif it.status is not S.CONNECTED:
        assert it.timers, f"nobody would ever wake a contact in {it.status}"
    if before.status is S.ENDED:
        assert it.status is S.ENDED, "ended is final"
    if it.status is S.ENDED and before.status is not S.ENDED:
        end = case.last(e.ContactEnded)
        at = case.events.index(end)
        told = any(getattr(one, "author", None) == "bot" for one in case.events[max(0, at - 8) : at])
        assert told or end.by == "customer", "never a silent end"


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=STEPS,
    wrap_up_s=st.sampled_from([0, 60, -1]),
    survey=st.booleans(),
    channel=st.sampled_from(["webchat", "voice"]),
    dialled=st.booleans(),
    first=st.sampled_from(list(CallbackOrder)),
    at_max_wait=st.sampled_from(["callback", "message", "stay"]),
    hours=st.booleans(),
)
def test_whatever_people_do_a_contact_stays_whole(
    case, steps, wrap_up_s, survey, channel, dialled, first, at_max_wait, hours
):
    case = type(case)()
    for queue_id in ("orders", "refunds", "general"):
        case.rules(
            queue_id, calendar=OFFICE if hours else None, max_wait_s=300, at_max_wait=at_max_wait,
            leave_when_empty=True, widenings=(Widening(60, "ring"), Widening(200, "overflow", "general")),
            callback_offered=queue_id != "general", callback_order=first, callback_attempts=2,
        )  # fmt: skip
    fields = {f: getattr(case.policy, f) for f in case.policy.__struct_fields__}
    fields |= {"wrap_up_s": wrap_up_s, "survey_version": 1 if survey else None}
    case.policy = type(case.policy)(**fields)
    case.open(channel=channel, agent_id=AGENTS[0] if dialled else None)
    check_invariants(case, case.it)
    for step, n in steps:
        before = case.it
        case.later(n)
        command = command_for(case, step, n)
        with contextlib.suppress(Refused):  # then nothing may have changed, which is checked like any step
            case.do(command)
        check_invariants(case, before)


CALLS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "offer", "offer", "offer_many", "accept", "accept", "decline", "one_gone", "withdraw", "tried",
                "tried", "say", "tap", "no_call", "no_call_after_all", "call_me_later", "other_time", "pick",
                "push", "gone", "pass_queue", "pass_agent", "end", "timer", "timer", "timer", "timer", "twice",
                "task_ok", "reassign", "repair", "away", "back", "moved", "here", "put_off",
                "fact", "fact", "hand_over", "out", "cut",
            ]
        ),
        st.integers(0, 10),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=CALLS, first=st.sampled_from(list(CallbackOrder)), hours=st.booleans())
def test_whatever_becomes_of_a_promised_call_nobody_is_lost(case, steps, first, hours):
    case = type(case)()
    for queue_id in ("orders", "refunds"):
        case.rules(
            queue_id, calendar=OFFICE if hours else None, max_wait_s=900, at_max_wait="callback",
            leave_when_empty=True, callback_offered=True, callback_order=first, callback_attempts=2,
        )  # fmt: skip
    case.queued()
    case.do(c.RequestCallback("+821012345678"))
    age = case.it.first_queued_at
    for step, n in steps:
        before = case.it
        case.later(n)
        taps = {"here": "callback:here", "put_off": "callback:later"}
        command = (
            c.CustomerMessage(f"c{case.it.seq}", "x", taps[step]) if step in taps else command_for(case, step, n)
        )
        with contextlib.suppress(Refused):
            case.do(command)
        check_invariants(case, before)
        if case.it.queue is not None:
            assert case.it.queue.entered_at == age


def test_every_command_has_a_rule_for_every_state():
    kinds = set(get_args(c.AnyCommand)) - {c.Open}
    assert set(WHEN) == kinds
    assert all(states <= set(S) for states, _ in WHEN.values())


def test_opening_the_same_contact_twice_opens_it_once(case):
    case.open()
    first = case.it
    assert case.open().duplicate_of == first.seq
    assert case.it is first


def test_a_command_for_a_contact_that_does_not_exist_is_refused(case):
    with pytest.raises(Refused) as refused:
        case.do(c.CustomerEnds())
    assert refused.value.code == "contact.unknown"


def test_a_message_sent_twice_counts_once(case):
    case.open()
    first = case.say("배송 조회", key="same")
    seq = next(n for n, event in enumerate(case.events, 1) if getattr(event, "client_id", None) == "same")
    again = case.say("배송 조회", key="same")
    assert again.duplicate_of == seq
    assert again.contact is first.contact


def test_accepting_twice_is_not_an_error(case):
    case.connected()
    before = case.it
    again = case.do(c.AcceptOffer(AGENTS[0], "Mina", uuid5(SPACE, "any")))
    assert again.duplicate_of == before.seq


def test_writing_into_an_ended_conversation_is_refused_with_a_remedy(case):
    case.open()
    case.do(c.CustomerEnds())
    with pytest.raises(Refused) as refused:
        case.say("hello?")
    assert refused.value.code == "contact.ended"
    assert refused.value.spec.fix


def test_a_timer_that_was_moved_does_not_fire_at_its_old_time(case):
    case.open()
    timer = next(iter(case.timers))
    assert case.do(c.TimerFired(timer)).duplicate_of is not None
