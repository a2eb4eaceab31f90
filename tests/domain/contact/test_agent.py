"""Agents write, hold, pass on, end and wrap up; supervisors move."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact import events_voice as v
from warmline.domain.contact.model import ContactStatus, DisconnectReason
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id


def refused(case, command) -> str:
    with pytest.raises(Refused) as caught:
        case.do(command)
    return caught.value.code


def test_only_the_owner_speaks(case, people):
    mina, yuki = people
    case.connected(mina)
    assert refused(case, c.AgentMessage(yuki, "Yuki", "a", "hello")) == "contact.not_yours"
    assert refused(case, c.Hold(yuki)) == "contact.not_yours"
    assert refused(case, c.AgentEnds(yuki)) == "contact.not_yours"


def test_an_answer_stops_the_customers_waiting_clock(case, people):
    mina, _ = people
    case.connected()
    case.say("여보세요?")
    assert case.it.waiting_since == case.now
    case.do(c.AgentMessage(mina, "Mina", "a", "네, 안녕하세요"))
    assert case.it.waiting_since is None
    assert (case.it.last_author, case.it.last_text) == ("agent", "네, 안녕하세요")


def test_an_ending_leads_through_the_survey_and_runs_beside_the_wrap_up(case, people):
    mina, _ = people
    case.connected()
    case.do(c.AgentEnds(mina))
    assert case.it.status is ContactStatus.SURVEY
    assert case.it.wrap_up is not None
    assert case.said_by_bot()[-2:] == ["contact.agent_ended", "rate"]
    case.tap("5")
    assert case.it.status is ContactStatus.ENDED
    assert (case.it.csat, case.it.disconnect_reason) == (5, DisconnectReason.AGENT_ENDED)
    case.do(c.FinishWrapUp(mina, "solved", "Sent again."))
    assert (case.it.disposition, case.it.summary, case.it.wrap_up) == ("solved", "Sent again.", None)
    case.check()


def test_silence_in_the_survey_is_an_answer_too(case, people):
    case.connected()
    case.do(c.AgentEnds(people[0]))
    case.fire("journey.survey")
    assert case.it.status is ContactStatus.ENDED
    assert case.it.csat is None


def test_a_missing_survey_does_not_cost_the_goodbye(case, people):
    del case.world.journeys["csat", 1]
    case.connected()
    case.do(c.AgentEnds(people[0]))
    assert case.it.status is ContactStatus.ENDED
    assert case.said_by_bot()[-1] == "contact.agent_ended"


def test_wrap_up_ends_by_itself_when_its_time_is_over(case, people):
    case.connected()
    case.do(c.AgentEnds(people[0]))
    case.fire("wrap_up")
    assert case.last(e.ContactWrappedUp).timed_out
    assert refused(case, c.FinishWrapUp(people[0], "late")) == "contact.not_wrapping"


def test_a_transfer_keeps_age_and_note(case, people):
    mina, _ = people
    case.queued()
    entered_at = case.it.queue.entered_at
    case.later(300)
    case.connected()
    case.do(c.Transfer(mina, queue_id="refunds", note="Wants the money back."))
    assert case.it.queue.queue_id == "refunds"
    assert case.it.queue.entered_at == entered_at
    assert case.last(e.ContactTransferred).note == "Wants the money back."
    assert case.said_by_bot()[-1] == "contact.transferred"
    assert case.it.wrap_up is None


def test_a_transfer_to_one_agent_widens_when_they_do_not_take_it(case, people):
    mina, yuki = people
    case.connected(mina)
    case.do(c.Transfer(mina, to_agent_id=yuki))
    assert case.it.queue.only_agent_id == yuki
    assert refused(case, c.MakeOffer(yuki, mina, case.now)) == "contact.not_queued"
    case.fire("queue.only")
    assert case.it.queue.only_agent_id is None
    assert case.last(e.ContactQueued).why == "widened"


def test_who_passes_a_customer_on_is_not_asked_again_for_a_while(case, people):
    mina, yuki = people
    case.connected(mina)
    case.do(c.Transfer(mina, queue_id="orders"))
    until = case.now + timedelta(seconds=case.policy.passed_on_s)
    assert (case.it.queue.passed_on_by, case.it.queue.passed_on_until) == (mina, until)
    case.do(c.DeclineOffer(yuki, case.offered(yuki)))
    assert (case.it.queue.passed_on_by, case.it.queue.passed_on_until) == (mina, until)
    case.check()


def test_who_passes_a_customer_to_a_colleague_is_left_out_also_once_everybody_is_asked(case, people):
    mina, yuki = people
    case.connected(mina)
    case.do(c.Transfer(mina, to_agent_id=yuki))
    case.fire("queue.only")
    assert case.it.queue.passed_on_by == mina
    assert case.it.queue.passed_on_until == case.now + timedelta(seconds=case.policy.passed_on_s)


def test_a_customer_a_supervisor_takes_from_an_agent_does_not_go_straight_back_to_them(case, people):
    case.connected(people[0])
    case.do(c.Reassign(people[1], queue_id="orders"))
    assert case.it.queue.passed_on_by == people[0]


def test_a_customer_given_to_an_agent_by_name_may_ring_there_whoever_had_them(case, people):
    case.connected(people[0])
    case.do(c.Reassign(people[1], to_agent_id=people[0]))
    assert case.it.queue.passed_on_by is None


def test_a_customer_whose_agent_was_lost_may_go_back_to_them(case, people):
    case.connected(people[0])
    case.do(c.AgentGone(people[0]))
    assert case.it.queue.passed_on_by is None


def test_a_wrap_up_names_one_of_the_queues_outcomes(case, people):
    case.policy = replace(case.policy, dispositions=("refunded", "solved"), survey_journey_id=None)
    case.connected()
    case.do(c.AgentEnds(people[0]))
    with pytest.raises(Refused) as refusal:
        case.do(c.FinishWrapUp(people[0], "invented"))
    assert refusal.value.code == "contact.unknown_outcome"
    assert refusal.value.details == {"allowed": "refunded, solved"}
    assert case.it.wrap_up is not None
    case.do(c.FinishWrapUp(people[0], "solved"))
    assert case.it.disposition == "solved"


def test_a_queue_without_outcomes_takes_any(case, people):
    case.policy = replace(case.policy, dispositions=())
    case.connected()
    case.do(c.AgentEnds(people[0]))
    case.do(c.FinishWrapUp(people[0], "other"))
    assert case.it.disposition == "other"


@pytest.mark.parametrize(
    ("changes", "code"),
    [({}, "contact.one_target"), ({"queue_id": "nowhere"}, "contact.no_such_queue")],
)
def test_a_transfer_needs_one_real_target(case, people, changes, code):
    case.connected()
    assert refused(case, c.Transfer(people[0], **changes)) == code
    assert refused(case, c.Transfer(people[0], queue_id="refunds", to_agent_id=people[1])) == "contact.one_target"


def test_a_lost_desk_puts_the_customer_back_at_their_old_place(case, people):
    mina, _ = people
    case.queued()
    entered_at = case.it.queue.entered_at
    case.later(120)
    case.connected()
    case.do(c.AgentGone(mina))
    assert case.it.status is ContactStatus.QUEUED
    assert case.it.queue.entered_at == entered_at
    assert case.said_by_bot()[-1] == "contact.agent_gone"


def test_a_lost_desk_takes_nobody_out_of_a_talk_that_goes_on_by_desk_phone(case, people):
    mina, _ = people
    case.connected()
    for fact in (v.CallStarted("inbound"), v.CallAnswered(), v.PartyJoined("phone-1", "agent", "Mina")):
        case.do(c.NoteCall(fact))
    case.do(c.AgentGone(mina))
    assert (case.it.status, case.it.agent_id) == (ContactStatus.CONNECTED, mina)
    case.do(c.NoteCall(v.PartyLeft("phone-1", "agent", "Mina")))
    case.do(c.AgentGone(mina))
    assert case.it.status is ContactStatus.QUEUED, "without their voice the customer is with nobody"


def test_a_lost_desk_is_not_made_up_for_by_a_colleague_who_was_asked(case, people):
    mina, _ = people
    case.connected()
    for fact in (v.CallStarted("inbound"), v.CallAnswered(), v.PartyJoined("c-1", "agent", "Yuki", "consult")):
        case.do(c.NoteCall(fact))
    case.do(c.AgentGone(mina))
    assert case.it.status is ContactStatus.QUEUED


def test_a_lost_desk_gives_its_offer_back(case, people):
    case.queued()
    case.offered(people[0])
    case.do(c.AgentGone(people[0]))
    assert case.last(e.OfferEnded).outcome == "withdrawn"
    assert case.it.status is ContactStatus.QUEUED


def test_a_supervisor_takes_a_contact_out_of_self_service(case, people):
    case.open()
    case.do(c.Reassign(people[1], queue_id="refunds"))
    assert case.it.status is ContactStatus.QUEUED
    assert case.it.journey is None
    assert case.said_by_bot()[-1] == "contact.transferred"


def test_notes_are_welcome_also_after_the_end(case, people):
    case.open()
    case.do(c.CustomerEnds())
    case.do(c.AddNote(people[0], "Mina", "n", "Called back by phone."))
    assert case.last(e.NoteAdded).text == "Called back by phone."
    assert not e.NoteAdded.visible


def test_the_timeline_names_the_supervisor_who_moved_the_contact(case, people):
    mina, yuki = people
    case.connected(mina)
    case.do(c.Reassign(yuki, queue_id="refunds", by_name="Yuki"))
    moved = case.last(e.ContactReassigned)
    assert (moved.by_agent_id, moved.by_name, moved.to_queue_id) == (yuki, "Yuki", "refunds")
    assert (moved.to_agent_id, moved.force) == (None, None)
    kinds = case.kinds()
    assert kinds.index("contact_reassigned") < kinds.index("agent_left")
    case.do(c.Reassign(yuki, to_agent_id=mina, force="ring"))
    assert (case.last(e.ContactReassigned).to_agent_id, case.last(e.ContactReassigned).force) == (mina, "ring")
    case.check()


def test_a_guide_is_written_down_once_also_after_the_end(case, people):
    mina, _ = people
    case.open()
    case.tap("bye")
    command = c.RecordGuide(
        mina, "Mina", new_id(), "guide-refund", 1, "Refund", "contained", (e.Filled("Order", "4711"),)
    )
    case.do(command)
    finished = case.last(e.GuideFinished)
    assert (finished.title, finished.filled) == ("Refund", (e.Filled("Order", "4711"),))
    assert case.do(command).duplicate_of is not None


def test_a_guide_names_the_contacts_reason_once_and_says_who_walked_it(case, people):
    mina, _ = people
    case.connected(mina)
    guide_id = new_id()
    case.do(c.NameReason(mina, guide_id, "complaint"))
    assert case.it.intent == "complaint"
    assert case.last(e.ReasonRecognised) == e.ReasonRecognised("complaint", mina, guide_id)
    seq = case.it.seq
    assert not case.do(c.NameReason(mina, guide_id, "complaint")).events
    assert case.it.seq == seq, "the same reason once more is no news"


def test_a_guide_walked_in_wrap_up_still_names_the_reason(case, people):
    mina, _ = people
    case.connected(mina)
    case.do(c.AgentEnds(mina))
    case.tap("5")
    assert case.it.status is ContactStatus.ENDED
    case.do(c.NameReason(mina, new_id(), "refund"))
    assert (case.it.status, case.it.intent) == (ContactStatus.ENDED, "refund")
