"""Requests of ours, played through with every timer (RFC 3261, 17.1)."""

import pytest
from tests.sip.playbook import request, response

from warmline.sip.message import Request
from warmline.sip.timers_sip import Times
from warmline.sip.transaction import Action, CannotSend, Fault, Heard, Over, Pass, Send, Started, Tick
from warmline.sip.transaction_client import InviteClient, NonInviteClient


def told(actions: list[Action]) -> list[str]:
    names: list[str] = []
    for action in actions:
        match action:
            case Send(message=Request() as message):
                names.append(f"send {message.method}")
            case Pass(message=message):
                names.append(f"pass {getattr(message, 'status', '')}")
            case Fault(kind=kind):
                names.append(kind)
            case Over():
                names.append("over")
            case _:
                names.append("?")
    return names


def at_ticks(machine: InviteClient | NonInviteClient) -> list[tuple[float, list[str]]]:
    """What happens when nothing but time passes."""
    happened: list[tuple[float, list[str]]] = []
    while (at_s := machine.next_deadline()) is not None:
        happened.append((at_s, told(machine.handle(Tick(), at_s))))
    return happened


def test_an_invite_nobody_hears_is_repeated_ever_more_slowly_and_given_up_after_32_seconds():
    machine = InviteClient(request(), Times(), reliable=False)

    assert told(machine.handle(Started(), 0)) == ["send INVITE"]
    assert at_ticks(machine) == [
        *[(at_s, ["send INVITE"]) for at_s in (0.5, 1.5, 3.5, 7.5, 15.5, 31.5)],
        (32.0, ["timeout", "over"]),
    ]


def test_on_a_connection_nothing_is_repeated():
    machine = InviteClient(request(), Times(), reliable=True)
    machine.handle(Started(), 0)

    assert at_ticks(machine) == [(32.0, ["timeout", "over"])]


def test_while_it_rings_the_invite_waits_without_a_limit_of_its_own():
    invite = request()
    machine = InviteClient(invite, Times(), reliable=False)
    machine.handle(Started(), 0)

    assert told(machine.handle(Heard(response(invite, 180)), 1)) == ["pass 180"]
    assert machine.next_deadline() is None


def test_an_answer_and_its_repetitions_and_other_forks_are_passed_on_for_32_seconds():
    invite = request()
    machine = InviteClient(invite, Times(), reliable=False)
    machine.handle(Started(), 0)

    assert told(machine.handle(Heard(response(invite, 200)), 1)) == ["pass 200"]
    assert told(machine.handle(Heard(response(invite, 200, tag="fork")), 2)) == ["pass 200"]
    assert told(machine.handle(Heard(response(invite, 486)), 3)) == []
    assert at_ticks(machine) == [(33.0, ["over"])]


@pytest.mark.parametrize("reliable", [False, True])
def test_a_refusal_is_acknowledged_each_time_it_comes(reliable: bool):
    invite = request()
    machine = InviteClient(invite, Times(), reliable=reliable)
    machine.handle(Started(), 0)
    busy = response(invite, 486)

    first = told(machine.handle(Heard(busy), 1))
    again = told(machine.handle(Heard(busy), 2))

    if reliable:
        assert (first, again) == (["pass 486", "send ACK", "over"], [])
    else:
        assert (first, again) == (["pass 486", "send ACK"], ["send ACK"])
        assert at_ticks(machine) == [(33.0, ["over"])]


def test_who_does_not_answer_a_cancel_is_not_waited_for():
    invite = request()
    machine = InviteClient(invite, Times(), reliable=False)
    machine.handle(Started(), 0)
    machine.handle(Heard(response(invite, 180)), 1)
    machine.cancelled(5)

    assert at_ticks(machine) == [(37.0, ["timeout", "over"])]


def test_a_broken_transport_ends_the_attempt():
    machine = InviteClient(request(), Times(), reliable=True)
    machine.handle(Started(), 0)

    assert told(machine.handle(CannotSend(), 1)) == ["transport", "over"]
    assert machine.next_deadline() is None


def test_any_other_request_is_repeated_at_most_every_four_seconds():
    machine = NonInviteClient(request("BYE"), Times(), reliable=False)
    machine.handle(Started(), 0)

    sent = [at_s for at_s, what in at_ticks(machine) if what == ["send BYE"]]

    assert sent == [0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]
    assert machine.state == "terminated"


def test_a_provisional_slows_the_repetitions_down():
    bye = request("BYE")
    machine = NonInviteClient(bye, Times(), reliable=False)
    machine.handle(Started(), 0)
    machine.handle(Heard(response(bye, 100)), 0.1)

    assert machine.next_deadline() == 0.5
    machine.handle(Tick(), 0.5)
    assert machine.next_deadline() == 4.5


def test_a_final_answer_is_passed_once_and_its_repetitions_absorbed_for_five_seconds():
    bye = request("BYE")
    machine = NonInviteClient(bye, Times(), reliable=False)
    machine.handle(Started(), 0)

    assert told(machine.handle(Heard(response(bye, 200)), 1)) == ["pass 200"]
    assert told(machine.handle(Heard(response(bye, 200)), 2)) == []
    assert at_ticks(machine) == [(6.0, ["over"])]
