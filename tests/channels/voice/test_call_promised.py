"""Promised calls in virtual time: kept by a person's voice, and owed on by everything else."""

from tests.channels.voice.playbook import MINA, Playbook

from warmline.channels.voice import inputs as i
from warmline.domain.contact import events as e
from warmline.domain.contact.commands import AgentEnds, CustomerEnds
from warmline.domain.contact.events_voice import CallAnswered, CallFailed


def _promised() -> Playbook:
    """Mina keeps a promise: the customer's telephone rings."""
    book = Playbook(direction="outbound", phase="dialling")
    book.state.owed = True
    book.accepted()
    book.joins()
    book.put(i.LineRinging())
    return book


def test_a_promise_is_kept_when_a_person_is_heard_not_when_the_line_opens():
    book = _promised()
    book.put(i.LineOpen())
    assert book.facts(CallAnswered) == [CallAnswered(sure=False)]
    book.put(i.Speaking(True))
    book.wait(1.2)
    book.put(i.Speaking(False))
    book.wait(3)
    assert book.facts(CallAnswered) == [CallAnswered(sure=False), CallAnswered()]


def test_a_promise_is_kept_to_who_answers_and_hangs_up_at_once():
    book = _promised()
    book.put(i.LineOpen())
    book.put(i.LineClosed("customer"))
    assert book.facts(CallAnswered)[-1] == CallAnswered()
    assert book.commands[-1] == CustomerEnds()


def test_an_answering_machine_keeps_no_promise_and_its_end_is_not_the_end_of_the_contact():
    book = _promised()
    book.put(i.LineOpen())
    book.put(i.Speaking(True))
    book.wait(5)
    assert book.state.result == "machine"
    book.put(i.LineClosed("customer"))
    assert book.facts(CallFailed) == [CallFailed("machine", 16)]
    assert CustomerEnds() not in book.commands
    assert book.over


def test_an_agent_who_hangs_up_on_a_machine_still_owes_the_call():
    book = _promised()
    book.put(i.LineOpen())
    book.put(i.Speaking(True))
    book.wait(5)
    book.put(i.PartyGone("mina", hung_up=True))
    assert book.facts(CallFailed) == [CallFailed("machine")]
    assert not [one for one in book.commands if isinstance(one, AgentEnds)]
    assert book.over


def test_an_agent_who_stops_ringing_the_customer_still_owes_the_call():
    for leaves in (i.PartyGone("mina", hung_up=True), i.Drop("mina"), i.PartyGone("mina")):
        book = _promised()
        book.put(leaves)
        assert book.facts(CallFailed) == [CallFailed("failed")]
        assert not [one for one in book.commands if isinstance(one, AgentEnds)]
        assert book.over


def test_a_customer_is_not_rung_any_more_when_their_promised_call_is_put_off():
    book = _promised()
    book.contact(e.AgentLeft(MINA, "callback"))
    assert book.over


def test_a_promise_the_agent_calls_kept_ends_like_every_talk():
    book = _promised()
    book.put(i.LineOpen())
    book.put(i.Speaking(True))
    book.wait(5)
    book.contact(e.CallbackClosed("reached"))
    book.put(i.LineClosed("customer"))
    assert book.commands[-1] == CustomerEnds()
