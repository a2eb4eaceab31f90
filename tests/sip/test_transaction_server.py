"""Requests of theirs, played through with every timer (RFC 3261, 17.2)."""

import pytest
from tests.sip.playbook import request

from warmline.sip.builder import response_to
from warmline.sip.message import Response
from warmline.sip.timers_sip import Times
from warmline.sip.transaction import Action, CannotSend, Fault, Heard, Over, Pass, Reply, Send, Started, Tick
from warmline.sip.transaction_server import InviteServer, NonInviteServer


def told(actions: list[Action]) -> list[str]:
    names: list[str] = []
    for action in actions:
        match action:
            case Send(message=Response() as message):
                names.append(f"send {message.status}")
            case Pass(message=message):
                names.append(f"pass {getattr(message, 'method', '')}")
            case Fault(kind=kind):
                names.append(kind)
            case Over():
                names.append("over")
            case _:
                names.append("?")
    return names


def at_ticks(machine: InviteServer | NonInviteServer) -> list[tuple[float, list[str]]]:
    happened: list[tuple[float, list[str]]] = []
    while (at_s := machine.next_deadline()) is not None:
        happened.append((at_s, told(machine.handle(Tick(), at_s))))
    return happened


def test_a_repeated_invite_hears_the_last_word_again():
    invite = request()
    machine = InviteServer(invite, Times(), reliable=False)

    assert told(machine.handle(Started(), 0)) == ["pass INVITE"]
    assert told(machine.handle(Heard(invite), 0.1)) == []
    machine.handle(Reply(response_to(invite, 180, to_tag="ours")), 0.2)
    assert told(machine.handle(Heard(invite), 0.5)) == ["send 180"]


def test_a_refusal_is_repeated_until_its_ack():
    invite = request()
    machine = InviteServer(invite, Times(), reliable=False)
    machine.handle(Started(), 0)

    assert told(machine.handle(Reply(response_to(invite, 486, to_tag="ours")), 0)) == ["send 486"]
    assert [machine.next_deadline(), told(machine.handle(Tick(), 0.5))] == [0.5, ["send 486"]]
    assert told(machine.handle(Heard(request("ACK")), 1)) == []
    assert at_ticks(machine) == [(6.0, ["over"])]


def test_a_refusal_nobody_acknowledges_is_given_up_after_32_seconds():
    invite = request()
    machine = InviteServer(invite, Times(), reliable=False)
    machine.handle(Started(), 0)
    machine.handle(Reply(response_to(invite, 486, to_tag="ours")), 0)

    happened = at_ticks(machine)

    assert [at_s for at_s, what in happened if what == ["send 486"]][:5] == [0.5, 1.5, 3.5, 7.5, 11.5]
    assert happened[-1] == (32.0, ["timeout", "over"])


def test_an_answer_is_left_to_the_session_and_repeated_invites_are_absorbed():
    invite = request()
    machine = InviteServer(invite, Times(), reliable=False)
    machine.handle(Started(), 0)
    ok = response_to(invite, 200, to_tag="ours")

    assert told(machine.handle(Reply(ok), 0)) == ["send 200"]
    assert told(machine.handle(Heard(invite), 1)) == []
    assert told(machine.handle(Reply(ok), 1)) == ["send 200"]
    assert told(machine.handle(Reply(response_to(invite, 487)), 2)) == []
    assert at_ticks(machine) == [(32.0, ["over"])]


@pytest.mark.parametrize("reliable", [False, True])
def test_any_other_request_is_answered_the_same_again(reliable: bool):
    bye = request("BYE")
    machine = NonInviteServer(bye, Times(), reliable=reliable)
    machine.handle(Started(), 0)

    first = told(machine.handle(Reply(response_to(bye, 200)), 1))
    again = told(machine.handle(Heard(bye), 2))

    if reliable:
        assert (first, again, at_ticks(machine)) == (["send 200", "over"], [], [])
    else:
        assert (first, again, at_ticks(machine)) == (["send 200"], ["send 200"], [(33.0, ["over"])])


def test_a_request_our_side_never_answers_is_forgotten():
    machine = NonInviteServer(request("INFO"), Times(), reliable=False)
    machine.handle(Started(), 0)

    assert at_ticks(machine) == [(32.0, ["over"])]


def test_a_broken_connection_ends_it():
    machine = InviteServer(request(), Times(), reliable=True)
    machine.handle(Started(), 0)

    assert told(machine.handle(CannotSend(), 1)) == ["transport", "over"]
