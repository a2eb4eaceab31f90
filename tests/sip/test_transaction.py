"""What all transactions have in common: one end, however late the clock looks and whatever comes after it."""

import pytest
from tests.sip.playbook import request, response

from warmline.sip.message import Request
from warmline.sip.timers_sip import Times
from warmline.sip.transaction import CannotSend, Fault, Heard, Over, Send, Started, Tick, Transaction
from warmline.sip.transaction_client import InviteClient, NonInviteClient
from warmline.sip.transaction_server import InviteServer, NonInviteServer

KINDS: list[tuple[type[InviteClient | NonInviteClient | InviteServer | NonInviteServer], str]] = [
    (InviteClient, "INVITE"),
    (NonInviteClient, "OPTIONS"),
    (InviteServer, "INVITE"),
    (NonInviteServer, "OPTIONS"),
]


@pytest.mark.parametrize(("kind", "method"), KINDS)
def test_a_transaction_that_cannot_send_says_so_once_and_is_gone(
    kind: type[InviteClient | NonInviteClient | InviteServer | NonInviteServer], method: str
):
    asked = request(method)
    machine: Transaction = kind(asked, Times(), reliable=False)
    machine.handle(Started(), 0)

    assert machine.handle(CannotSend(), 1) == [Fault("transport"), Over()]
    assert machine.next_deadline() is None
    for event in (CannotSend(), Tick(), Heard(asked), Heard(response(asked, 200)), Started()):
        assert machine.handle(event, 2) == []


@pytest.mark.parametrize("kind", [InviteClient, NonInviteClient])
def test_a_process_that_slept_through_every_deadline_gives_up_and_repeats_nothing(
    kind: type[InviteClient | NonInviteClient],
):
    """Asleep for a minute with a repetition and the end both passed: after the end nothing goes out."""
    machine = kind(request("INVITE" if kind is InviteClient else "OPTIONS"), Times(), reliable=False)
    machine.handle(Started(), 0)
    while (at_s := machine.next_deadline()) is not None and at_s < 31.5:
        machine.handle(Tick(), at_s)
    machine.handle(Tick(), 31.9)  # the last repetition: the next one lies after the end

    actions = machine.handle(Tick(), 3600)

    assert actions == [Fault("timeout"), Over()]
    assert not any(isinstance(action, Send) and isinstance(action.message, Request) for action in actions)
