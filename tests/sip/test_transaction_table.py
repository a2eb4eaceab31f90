"""Which transaction a message belongs to, and that none is left behind."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sip.playbook import request, response

from warmline.sip.builder import response_to
from warmline.sip.message import Request
from warmline.sip.timers_sip import Times
from warmline.sip.transaction import Pass
from warmline.sip.transaction_table import Done, Stray, TransactionTable, Unmatched, server_key


def passed(outcomes: list[object]) -> list[str]:
    return [
        getattr(o.action.message, "method", None) or str(o.action.message.status)  # type: ignore[union-attr]
        for o in outcomes
        if isinstance(o, Done) and isinstance(o.action, Pass)
    ]


def test_a_repeated_request_is_told_once():
    table = TransactionTable(Times())
    invite = request(branch="one")

    assert passed(list(table.heard(invite, 0, reliable=False))) == ["INVITE"]
    assert passed(list(table.heard(request(branch="one"), 0.5, reliable=False))) == []
    assert table.verdict(invite) == "known"


def test_the_same_request_by_another_path_is_refused_as_merged():
    table = TransactionTable(Times())
    table.heard(request(branch="one"), 0, reliable=False)

    (outcome,) = table.heard(request(branch="two"), 0, reliable=False)

    assert isinstance(outcome, Unmatched)
    assert outcome.response.status == 482


def test_a_cancel_means_the_invite_of_its_branch():
    table = TransactionTable(Times())
    invite = request(branch="one")
    table.heard(invite, 0, reliable=False)

    assert table.cancels(request("CANCEL", branch="one")) == server_key(invite)
    assert table.cancels(request("CANCEL", branch="other")) is None


def test_a_peer_of_the_old_standard_is_matched_without_a_branch():
    table = TransactionTable(Times())
    old = {"Via": "SIP/2.0/UDP 192.0.2.1:5060"}

    table.heard(request(headers=old), 0, reliable=False)

    assert passed(list(table.heard(request(headers=old), 1, reliable=False))) == []
    assert len(table) == 1


def test_an_ack_of_an_answer_and_a_late_response_belong_to_nobody():
    table = TransactionTable(Times())

    (ack,) = table.heard(request("ACK"), 0, reliable=False)
    (late,) = table.heard(response(request("BYE"), 200), 0, reliable=False)

    assert isinstance(ack, Stray)
    assert isinstance(late, Stray)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["INVITE", "BYE", "ACK", "reply", "refuse", "ask", "hear", "busy", "broken"]),
        st.integers(0, 3),
        st.floats(0, 20),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(STEPS, st.booleans())
def test_whatever_happens_no_transaction_stays(steps: list[tuple[str, int, float]], reliable: bool):
    table = TransactionTable(Times())
    now_s = 0.0
    ours: list[Request] = []
    for step, number, wait_s in steps:
        now_s += wait_s
        table.tick(now_s)
        theirs = request("INVITE", branch=f"h{number}", call_id=f"c{number}")
        key = server_key(theirs)
        if step in ("INVITE", "BYE", "ACK"):
            table.heard(request(step, branch=f"h{number}", call_id=f"c{number}"), now_s, reliable=reliable)
        elif step in ("reply", "refuse"):
            table.reply(key, response_to(theirs, 200 if step == "reply" else 486, to_tag="o"), now_s)
        elif step == "ask":
            ours.append(request("INVITE" if number % 2 else "OPTIONS"))
            table.start(ours[-1], now_s, reliable=reliable)
        elif step == "broken":
            for one in table.open_keys()[:1]:
                table.cannot_send(one, now_s)
        elif ours:
            status = {"hear": 200, "busy": 486}[step]
            table.heard(response(ours[number % len(ours)], status), now_s, reliable=reliable)
    for one in table.open_keys():  # our side answers everything in the end
        transaction = table.get(one)
        if transaction is not None and one[0] != "c":
            table.reply(one, response_to(transaction.request, 486, to_tag="o"), now_s)
    while (next_s := table.next_deadline()) is not None:
        table.tick(next_s)

    left = [key for key in table.open_keys() if key[0] != "c"]
    waiting = [key for key in table.open_keys() if key[0] == "c"]
    assert left == []
    assert waiting == []
