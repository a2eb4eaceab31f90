"""What agents and supervisors do to a call."""

from uuid import UUID

import pytest
from tests.channels.voice.playbook import MINA, YUKI, Playbook, with_mina

from warmline.channels.voice import actions as a
from warmline.channels.voice import inputs as i
from warmline.channels.voice.people_side import (
    CONSULTS_ALREADY,
    NO_SUPERVISOR,
    NOBODY_CONSULTED,
    NOT_RECORDED,
    OWN_CALL,
)
from warmline.domain.contact import events as e
from warmline.domain.contact.commands import AgentEnds, CompleteTransfer, SecureGiven, TransferOut
from warmline.domain.contact.events_voice import (
    HandOnFailed,
    PartyJoined,
    PartyLeft,
    SecureInputEnded,
    SecureInputStarted,
)
from warmline.domain.contact.model import DisconnectReason
from warmline.kernel.errors import Refused

NUMBER = "+82212345678"


def consulting() -> Playbook:
    """Mina has asked Yuki, who answers."""
    book = with_mina()
    book.put(i.Consult("ask", "Yuki", agent_id=YUKI))
    assert a.RingColleague("ask", YUKI) in book.log
    assert book.sound == "music"
    book.joins("yuki", YUKI)
    return book


def test_a_consultation_is_private_becomes_a_conference_and_a_hand_over_without_a_gap():
    book = consulting()
    assert book.hears == {"mina": ("yuki",), "yuki": ("mina",)}
    book.put(i.Talk("all"))
    assert book.hears["customer"] == ("mina", "yuki")
    book.put(i.Complete())
    assert CompleteTransfer(MINA, YUKI, "Yuki") in book.commands
    book.contact(e.AgentLeft(MINA, "transferred"))
    assert book.hears == {"customer": ("yuki",), "yuki": ("customer",)}
    book.contact(e.AgentJoined(YUKI, "Yuki"))
    assert book.sound is None
    assert book.state.circle.parties["yuki"].role == "owner"


def test_a_colleague_who_declines_leaves_agent_and_customer_as_they_were():
    book = with_mina()
    book.put(i.Consult("ask", "Yuki", agent_id=YUKI))
    book.put(i.PartyGone("ask", "refused"))
    assert book.hears["customer"] == ("mina",)


def test_how_one_attempt_ended_is_no_longer_shown_when_the_next_begins():
    book = with_mina()
    book.put(i.Forward("first", "+82212345678"))
    book.put(i.PartyGone("first", "busy"))
    assert book.state.result == "busy"
    book.put(i.Forward("second", "+82287654321"))
    assert book.state.result is None
    book.put(i.PartyGone("second", "no_answer"))
    book.put(i.Consult("third", "+82287654321", number="+82287654321"))
    assert book.state.result is None


def test_why_a_number_was_not_reached_is_on_the_timeline_whoever_was_to_be_asked_or_handed_on():
    book = with_mina()
    book.put(i.Forward("first", NUMBER))
    book.put(i.PartyGone("first", "busy"))
    book.put(i.Consult("second", NUMBER, number=NUMBER))
    book.put(i.PartyGone("second", "no_answer"))
    book.put(i.Forward("third", NUMBER))
    book.put(i.PartyGone("third", "refused", why="outbound.spend_cap"))
    book.put(i.Forbidden("060-700-1234" + "0" * 90, "outbound.costly", consult=True))
    *reached, forbidden = book.facts(HandOnFailed)
    assert reached == [
        HandOnFailed("busy", NUMBER),
        HandOnFailed("no_answer", NUMBER, consult=True),
        HandOnFailed("forbidden", NUMBER, why="outbound.spend_cap"),
    ]
    assert (forbidden.outcome, forbidden.why, forbidden.consult) == ("forbidden", "outbound.costly", True)
    assert len(forbidden.number) == 40, "what somebody dialled is as long as they like"


def test_a_number_that_is_let_go_or_has_answered_was_no_failure_and_neither_is_a_colleague():
    book = with_mina()
    book.put(i.Forward("first", NUMBER))
    book.put(i.Drop("first"))
    book.put(i.Consult("second", NUMBER, number=NUMBER))
    book.put(i.PartyUp("second"))
    book.put(i.PartyGone("second", hung_up=True))
    book.put(i.Consult("ask", "Yuki", agent_id=YUKI))
    book.put(i.PartyGone("ask", "refused"))
    assert book.facts(HandOnFailed) == []


def test_who_withdraws_the_question_stops_the_ringing():
    book = with_mina()
    book.put(i.Consult("ask", "Yuki", agent_id=YUKI))
    book.put(i.Drop("ask"))
    assert a.StopRinging(YUKI) in book.log


def test_only_one_is_asked_at_a_time_and_nobody_is_handed_to_nobody():
    book = consulting()
    with pytest.raises(Refused, match=CONSULTS_ALREADY):
        book.put(i.Consult("c2", "Shop", number="+82212345678"))
    with pytest.raises(Refused, match=NOBODY_CONSULTED):
        with_mina().put(i.Complete())
    with pytest.raises(Refused, match=NOBODY_CONSULTED):
        with_mina().put(i.Talk("all"))


def test_a_blind_transfer_leaves_the_contact_once_the_number_answers_and_comes_back_when_it_does_not():
    book = with_mina()
    book.put(i.Forward("out", "+82212345678"))
    assert book.sound == "music"
    book.put(i.PartyGone("out", "busy"))
    assert book.hears["customer"] == ("mina",)
    assert book.state.shown["result"] == "busy"
    book.put(i.Forward("out-2", "+82212345678"))
    book.put(i.PartyUp("out-2"))
    assert TransferOut(MINA, "+82212345678") in book.commands


def test_somebody_outside_who_was_told_of_no_recording_is_not_recorded():
    book = with_mina(recorded=True)
    book.put(i.RecordingBegan(UUID(int=9)))
    book.put(i.Consult("shop", "Shop", number="+82212345678"))
    book.put(i.PartyUp("shop"))
    book.put(i.Talk("all"))
    [started] = book.of(a.StartRecording)
    assert {one for right in [started.right, *(one.right for one in book.of(a.RecordRight))] for one in right} == {
        "mina"
    }
    assert not book.of(a.StopRecording)
    book.put(i.Complete())
    assert len(book.of(a.StopRecording)) == 1, "what they say to each other is theirs"
    assert len(book.of(a.StartRecording)) == 1


def test_an_agent_whose_desk_phone_hangs_up_after_handing_on_leaves_the_customer_to_who_answers():
    book = with_mina()
    book.put(i.Forward("out", "+82212345678"))
    book.put(i.PartyGone("mina", hung_up=True))
    assert AgentEnds(MINA) not in book.commands, "the customer was handed on, not sent away"
    assert book.sound == "music"
    book.put(i.PartyUp("out"))
    assert TransferOut(MINA, "+82212345678") in book.commands
    book.contact(e.AgentLeft(MINA, "transferred_out"))
    book.ended("agent", DisconnectReason.TRANSFERRED_OUT)
    assert book.hears == {"customer": ("out",), "out": ("customer",)}
    assert not book.over


def test_a_customer_handed_on_to_a_busy_number_by_a_phone_that_hung_up_rings_their_agent_again():
    book = with_mina()
    book.put(i.Forward("out", "+82212345678"))
    book.put(i.PartyGone("mina", hung_up=True))
    book.put(i.PartyGone("out", "busy"))
    assert book.log[-5:].count(a.CallAgent(MINA, "Mina")) == 1
    assert book.sound == "music"
    book.joins("mina-again")
    assert book.hears["customer"] == ("mina-again",)
    book.put(i.PartyGone("mina-again", hung_up=True))
    assert AgentEnds(MINA) in book.commands, "and whoever hangs up now means it"


def test_a_blind_transfer_goes_through_though_the_agents_page_was_lost_meanwhile():
    book = with_mina()
    book.put(i.Forward("out", "+82212345678"))
    book.put(i.PartyGone("mina"))
    book.put(i.PartyUp("out"))
    assert TransferOut(MINA, "+82212345678") in book.commands
    assert book.hears == {"customer": ("out",), "out": ("customer",)}


def test_a_supervisor_who_has_a_customer_does_not_leave_them_by_listening_to_the_call():
    book = with_mina()
    with pytest.raises(Refused, match=OWN_CALL):
        book.put(i.Joins("s", "supervisor", "Mina", MINA, "listen"))
    assert book.hears["customer"] == ("mina",)


def test_a_colleague_who_loads_their_page_again_is_back_in_the_conference():
    book = consulting()
    book.put(i.Talk("all"))
    book.joins("yuki-2", YUKI)
    assert set(book.hears["customer"]) == {"mina", "yuki-2"}
    book.put(i.Talk("consulted"))
    book.joins("yuki-3", YUKI)
    assert book.hears == {"mina": ("yuki-3",), "yuki-3": ("mina",)}


def test_a_supervisor_listens_whispers_barges_in_and_every_step_is_on_the_record():
    book = with_mina()
    book.joins("boss", YUKI, kind="supervisor", mode="listen")
    assert "boss" not in book.hears["customer"]
    book.put(i.ChangeMode("boss", "whisper"))
    assert book.hears["mina"] == ("customer", "boss")
    book.put(i.ChangeMode("boss", "barge"))
    assert "boss" in book.hears["customer"]
    assert [one.mode for one in book.facts(PartyJoined) if one.party == "boss"] == ["listen", "whisper", "barge"]
    book.put(i.Drop("boss"))
    assert [one.party for one in book.facts(PartyLeft)] == ["boss"]
    with pytest.raises(Refused, match=NO_SUPERVISOR):
        book.put(i.ChangeMode("mina", "listen"))


def test_secure_input_shields_the_leg_pauses_the_recording_and_keeps_only_a_number():
    book = with_mina(recorded=True)
    book.put(i.Secure(True, "card"))
    assert a.Shield(True) in book.log
    assert a.PauseRecording(True) in book.log
    for key in "4111111111111111#":
        book.put(i.Key(key))
    assert a.Shield(False) in book.log
    assert book.facts(SecureInputStarted) == [SecureInputStarted("card")]
    assert book.facts(SecureInputEnded) == [SecureInputEnded("card", 16, "done")]
    given = next(one for one in book.commands if isinstance(one, SecureGiven))
    assert (given.what, given.digits) == ("card", "4111111111111111"), "the task it is for gets it"
    assert "4111" not in str(book.log), "and nobody who writes down what happened"
    assert book.state.secure is not None
    assert "4111" not in str(book.state.secure.value())


def test_secure_input_is_done_when_its_task_took_the_digits_and_failed_when_it_did_not():
    for outcome, shown in (("ok", "done"), ("failed", "failed")):
        book = with_mina()
        book.put(i.Secure(True, "pin"))
        for key in "4321#":
            book.put(i.Key(key))
        assert book.state.shown["secure"] == {"what": "pin", "digits": 4, "outcome": None}
        book.contact(e.TaskEnded("secure.pin:9", "secure.pin", outcome))
        assert book.state.shown["secure"] == {"what": "pin", "digits": 4, "outcome": shown}


def test_an_agent_need_not_wait_for_a_task_that_does_not_answer():
    book = with_mina()
    book.put(i.Secure(True, "pin"))
    for key in "4321#":
        book.put(i.Key(key))
    book.put(i.Secure(False))
    assert book.state.shown["secure"] == {"what": "pin", "digits": 4, "outcome": "cancelled"}


def test_a_recording_is_paused_by_the_agent_and_one_that_is_not_there_cannot_be():
    book = with_mina(recorded=True)
    book.put(i.Record(False))
    assert a.PauseRecording(True) in book.log
    with pytest.raises(Refused, match=NOT_RECORDED):
        with_mina().put(i.Record(False))


def test_who_hangs_up_a_desk_phone_ends_the_contact():
    book = with_mina()
    book.put(i.PartyGone("mina", hung_up=True))
    assert AgentEnds(MINA) in book.commands
    assert book.said == []
