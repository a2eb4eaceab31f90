"""What a call does to its contact."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact import events_voice as v
from warmline.domain.contact.model import ContactStatus, DisconnectReason
from warmline.domain.journey import document as j
from warmline.kernel.errors import Refused

S = ContactStatus
RECORDING = UUID(int=9)
NUMBER = "+821012345678"


def called(case, **changes):
    """A contact by telephone, whose call is answered."""
    case.open(channel="voice", **changes)
    case.do(c.NoteCall(v.CallStarted("inbound", NUMBER, "+82215880000")))
    case.do(c.NoteCall(v.CallAnswered()))


def dialled(case, agent_id):
    """An agent calls somebody."""
    case.open(channel="voice", agent_id=agent_id, agent_name="Mina")
    case.do(c.NoteCall(v.CallStarted("outbound", NUMBER)))


def test_facts_of_a_call_are_on_the_timeline_and_change_nothing_but_the_call(case):
    called(case)
    before = case.it
    case.do(c.NoteCall(v.PartyJoined("a", "agent", "Mina")))
    case.do(c.NoteCall(v.RecordingStarted(RECORDING)))
    case.do(c.NoteCall(v.SecureInputStarted("card")))
    call = case.it.call
    assert (call.recording, call.secure, [party.name for party in call.parties]) == ("on", "card", ["Mina"])
    assert case.it.status is before.status
    assert case.kinds()[-3:] == ["party_joined", "recording_started", "secure_input_started"]
    case.check()


def test_silence_after_a_question_asks_again_at_once_and_the_old_timer_is_gone(case):
    called(case)
    due_at = case.timers["journey.input"]
    case.later(7)
    case.do(c.CustomerSilent(case.it.asked_seq))
    assert "common.no_input" in case.said_by_bot()
    assert case.timers["journey.input"] != due_at
    case.check()


def test_silence_about_a_question_that_is_answered_already_is_late_news(case):
    called(case)
    asked = case.it.asked_seq
    case.tap("order")
    assert case.do(c.CustomerSilent(asked)).duplicate_of is not None
    assert case.do(c.CustomerSilent()).events


def test_a_caller_who_hangs_up_on_an_agent_leaves_them_their_wrap_up(case, people):
    called(case)
    case.tap("agent")
    case.connected()
    case.do(c.CustomerEnds())
    assert case.it.disconnect_reason is DisconnectReason.CUSTOMER_LEFT
    assert case.it.wrap_up.agent_id == people[0]


def test_who_is_called_by_an_agent_is_with_them_at_once_and_no_journey_speaks(case, people):
    dialled(case, people[0])
    assert (case.it.status, case.it.agent_id, case.it.journey) == (S.CONNECTED, people[0], None)
    assert case.said_by_bot() == []
    case.check()


@pytest.mark.parametrize("outcome", ["busy", "no_answer", "wrong_number", "machine", "refused", "failed"])
def test_a_call_of_our_own_that_reaches_nobody_ends_explained_with_a_wrap_up(case, people, outcome):
    dialled(case, people[0])
    case.do(c.NoteCall(v.CallFailed(outcome, 17)))
    assert (case.it.status, case.it.disconnect_reason) == (S.ENDED, DisconnectReason.UNREACHED)
    assert case.it.wrap_up.agent_id == people[0]
    assert case.it.call.outcome == outcome
    case.check()


def test_the_agents_desk_is_lost_and_somebody_else_takes_the_customer_they_had_called(case, people):
    dialled(case, people[0])
    case.do(c.AgentGone(people[0]))
    assert (case.it.status, case.it.queue.queue_id) == (S.QUEUED, "general")


def promised(case, people):
    called(case)
    case.rules(callback_offered=True, callback_attempts=2)
    case.tap("agent")
    case.do(c.RequestCallback(NUMBER))
    case.connected()


@pytest.mark.parametrize("outcome", ["busy", "no_answer"])
def test_a_promised_call_that_nobody_answers_is_tried_again_without_a_word_from_the_agent(case, people, outcome):
    promised(case, people)
    case.do(c.NoteCall(v.CallStarted("outbound", NUMBER)))
    case.do(c.NoteCall(v.CallFailed(outcome)))
    assert case.it.status is S.CALLBACK
    assert case.last(e.CallbackTried).outcome == outcome
    case.check()


def test_a_promised_call_to_a_wrong_number_ends_explained(case, people):
    promised(case, people)
    case.do(c.NoteCall(v.CallFailed("wrong_number")))
    assert case.it.disconnect_reason is DisconnectReason.CALLBACK_UNREACHED


@pytest.mark.parametrize("outcome", ["machine", "failed", "refused"])
def test_what_the_network_cannot_be_sure_of_the_agent_says(case, people, outcome):
    promised(case, people)
    case.do(c.NoteCall(v.CallStarted("outbound", NUMBER)))
    case.do(c.NoteCall(v.CallFailed(outcome)))
    assert (case.it.status, case.it.callback.attempts) == (S.CONNECTED, 0)


def test_a_promised_call_is_kept_when_a_person_answers_and_not_when_a_machine_does(case, people):
    promised(case, people)
    case.do(c.NoteCall(v.CallStarted("outbound", NUMBER)))
    case.do(c.NoteCall(v.CallAnswered(machine=True)))
    assert case.it.callback is not None
    case.do(c.NoteCall(v.CallAnswered()))
    assert case.it.callback is None
    assert case.last(e.CallbackClosed).outcome == "reached"


def test_an_answered_promise_is_kept_once_it_is_sure_who_answered(case, people):
    promised(case, people)
    case.do(c.NoteCall(v.CallStarted("outbound", NUMBER)))
    case.do(c.NoteCall(v.CallAnswered(sure=False)))
    assert case.it.callback is not None
    assert case.it.call.answered
    case.do(c.NoteCall(v.CallAnswered()))
    assert case.last(e.CallbackClosed).outcome == "reached"
    assert case.kinds().count("call_answered") == 2, "of the first call and of this one, each once"
    case.check()


def test_an_agent_who_finishes_before_it_was_sure_who_answered_has_talked_to_them(case, people):
    promised(case, people)
    case.do(c.NoteCall(v.CallStarted("outbound", NUMBER)))
    case.do(c.NoteCall(v.CallAnswered(sure=False)))
    case.do(c.AgentEnds(people[0]))
    assert case.last(e.CallbackClosed).outcome == "reached"


def test_after_talking_to_them_a_colleague_has_the_customer_at_once(case, people):
    called(case)
    case.tap("agent")
    case.connected()
    mina, yuki = people
    case.do(c.Hold(mina))
    case.do(c.CompleteTransfer(mina, yuki, "Yuki"))
    it = case.it
    assert (it.status, it.agent_id, it.transfers, it.on_hold_since) == (S.CONNECTED, yuki, 1, None)
    assert it.wrap_up is None
    assert case.do(c.CompleteTransfer(mina, yuki, "Yuki")).duplicate_of is not None
    with pytest.raises(Refused):
        case.do(c.CompleteTransfer(mina, mina, "Mina"))
    case.check()


def test_a_customer_who_goes_on_to_a_number_outside_is_told_and_the_agent_wraps_up(case, people):
    called(case)
    case.tap("agent")
    case.connected()
    with pytest.raises(Refused) as refused:
        case.do(c.TransferOut(people[0], "12"))
    assert refused.value.code == "contact.number_unfit"
    case.do(c.TransferOut(people[0], "+82212345678"))
    assert (case.it.status, case.it.disconnect_reason) == (S.ENDED, DisconnectReason.TRANSFERRED_OUT)
    assert case.said_by_bot()[-1] == "contact.transferred_out"
    assert case.it.wrap_up.agent_id == people[0]
    case.check()


def test_a_call_we_cut_is_promised_a_call_back_at_its_old_place(case):
    called(case)
    case.tap("agent")
    age = case.it.queue.entered_at
    case.later(60)
    case.do(c.PromiseAfterCut())
    assert (case.it.status, case.it.callback.phone, case.it.queue.entered_at) == (S.CALLBACK, NUMBER, age)
    assert case.said_by_bot()[-1] == "contact.call_cut"
    case.check()


def test_a_talk_we_cut_is_promised_a_call_back_too(case, people):
    called(case)
    case.tap("agent")
    case.connected()
    case.do(c.PromiseAfterCut())
    assert (case.it.status, case.it.agent_id, case.it.wrap_up) == (S.CALLBACK, None, None)
    case.check()


def test_a_caller_without_a_number_whose_call_we_cut_is_told_that_all_is_kept(case):
    case.open(channel="voice")
    case.do(c.NoteCall(v.CallStarted("inbound")))
    case.do(c.PromiseAfterCut())
    assert (case.it.status, case.it.disconnect_reason) == (S.ENDED, DisconnectReason.MESSAGE_TAKEN)
    assert case.said_by_bot()[-1] == "contact.call_cut_kept"


def test_a_waiting_caller_who_takes_the_call_back_by_key_is_called_at_their_number(case):
    case.rules(callback_offered=True, callback_after_s=10)
    called(case, attributes={"from": NUMBER})
    case.tap("agent")
    case.connected()
    case.do(c.Transfer(case.it.agent_id, queue_id="orders"))  # no journey any more
    case.later(60)
    case.fire("queue.watch")
    offer = case.last(e.MessageSent)
    assert (offer.prompt, offer.digits) == ("contact.callback_offer", e.Digits(1, 1))
    case.tap(offer.quick_replies[0].value)
    assert (case.it.status, case.it.callback.phone) == (S.CALLBACK, NUMBER)
    case.check()


def test_a_caller_without_a_number_is_not_offered_a_call(case):
    case.rules(callback_offered=True, callback_after_s=10, max_wait_s=300, at_max_wait="callback")
    case.open(channel="voice", attributes={"from": "anonymous"})
    case.tap("agent")
    case.connected()
    case.do(c.Transfer(case.it.agent_id, queue_id="orders"))
    case.later(60)
    case.fire("queue.watch")
    assert "contact.callback_offer" not in case.said_by_bot()
    with pytest.raises(Refused):
        case.do(c.RequestCallback())
    case.fire("queue.max")
    assert case.it.disconnect_reason is DisconnectReason.MESSAGE_TAKEN


def test_the_number_a_caller_calls_from_reaches_only_the_journeys_that_ask_for_it(case):
    case.world.journeys["front", 1] = replace(case.world.journeys["front", 1], parameters=("caller_number",))
    case.open(channel="voice", attributes={"from": NUMBER})
    assert case.it.journey.frames[0].variables == {"caller_number": NUMBER}
    other = type(case)()
    other.open(channel="voice", attributes={"from": NUMBER})
    assert other.it.journey.frames[0].variables == {}


def test_in_a_chat_the_end_of_the_call_is_not_the_end_of_the_case(case):
    case.open()
    assert case.do(c.PromiseAfterCut(NUMBER)).duplicate_of is not None


def test_a_message_that_arrives_after_its_caller_hung_up_is_still_on_the_timeline(case):
    called(case)
    case.do(c.CustomerEnds())
    case.do(c.VoicemailTaken(RECORDING, 12))
    assert case.it.status is S.ENDED
    assert case.last(v.VoicemailLeft).seconds == 12
    case.check()


def leaving_a_message(case, done: tuple[j.Step, ...]) -> None:
    """A caller in a journey that takes a message, and then does what follows from one."""
    step = j.Voicemail("front.hello", done, give_up=(j.End("front.hello", "message_taken"),))
    front = case.world.journeys["front", 1]
    case.world.journeys["front", 1] = replace(front, sections={**front.sections, "start": (step,)})
    case.open(channel="voice", attributes={"from": NUMBER})


def test_who_hangs_up_after_leaving_a_message_is_called_back_where_the_journey_says_so(case):
    leaving_a_message(case, (j.Callback("orders", give_up=(j.Goto("agent"),), phone=NUMBER),))
    case.do(c.VoicemailTaken(RECORDING, 12, hung_up=True))
    assert (case.it.status, case.it.callback.phone) == (S.CALLBACK, NUMBER)
    assert case.last(v.VoicemailLeft).seconds == 12
    case.check()


def test_who_hangs_up_after_a_message_that_leads_to_a_question_has_left(case):
    leaving_a_message(case, (j.Goto("agent"),))
    case.do(c.VoicemailTaken(RECORDING, 12, hung_up=True))
    assert (case.it.status, case.it.disconnect_reason) == (S.ENDED, DisconnectReason.CUSTOMER_LEFT)
    case.check()


def test_who_heard_a_message_first_and_who_is_done_with_it_stays_on_the_timeline_of_an_ended_contact(case, people):
    called(case)
    case.do(c.CustomerEnds())
    case.do(c.VoicemailTaken(RECORDING, 12))
    mina, yuki = people[0], people[1]
    case.do(c.HearMessage(mina, "Mina", RECORDING))
    assert case.do(c.HearMessage(yuki, "Yuki", RECORDING)).duplicate_of is not None, "only the first is told"
    case.do(c.SettleMessage(yuki, "Yuki", RECORDING))
    case.do(c.SettleMessage(yuki, "Yuki", RECORDING, open=True))
    assert case.kinds()[-3:] == ["voicemail_heard", "voicemail_settled", "voicemail_settled"]
    assert (case.last(v.VoicemailHeard).agent_name, case.last(v.VoicemailSettled).open) == ("Mina", True)
    assert case.it.status is S.ENDED
    case.check()


def test_what_was_keyed_in_unheard_goes_to_its_task_alone_and_once(case):
    called(case)
    given = c.SecureGiven("card", "4111111111111111", "k1")
    decision = case.do(given)
    [task] = [one for one in decision.effects if isinstance(one, c.StartTask)]
    assert (task.task, task.args) == ("secure.card", {"digits": "4111111111111111"})
    assert "4111" not in str(decision.events) + str(given) + str(decision.contact)
    assert case.do(given).duplicate_of is not None, "told twice, nobody is charged twice"
    told = case.do(c.TaskFinished(task.task_id, "ok", {"ok": False}))
    assert told.events[-1] == e.TaskEnded(task.task_id, "secure.card", "failed", "declined")


def test_what_was_said_in_a_message_is_told_once_also_after_the_end(case):
    called(case)
    case.do(c.VoicemailTaken(RECORDING, 12, hung_up=True))
    said = c.NoteCall(v.VoicemailLeft(RECORDING, 12, "Please call me back.", again=True))
    assert case.do(said).duplicate_of is None
    assert case.last(v.VoicemailLeft).transcript == "Please call me back."
    assert case.it.status is S.ENDED
    assert case.do(said).duplicate_of is not None
    case.check()
