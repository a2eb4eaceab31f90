"""What holds for every call, whoever made it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sip.calls import answered, incoming, outgoing, talking, theirs, words
from tests.sip.playbook import ANSWER, HELD, OFFER, request, response

from warmline.sip.message import Request
from warmline.sip.reason import read_reason
from warmline.sip.session import Session
from warmline.sip.session_uac import OutgoingSession
from warmline.sip.session_uas import IncomingSession
from warmline.sip.session_wishes import Ended, Gone, SendRequest, Wish


def test_keys_come_by_info_and_other_things_are_refused():
    session = answered()
    relay = {"body": b"Signal=5\r\n", "content_type": "application/dtmf-relay"}

    assert words(session.request(theirs(session, "INFO", 2, **relay), 2)) == ["> 200 INFO", "key 5"]
    assert words(session.request(theirs(session, "INFO", 3), 2)) == ["> 200 INFO"]
    assert words(session.request(theirs(session, "INFO", 4, body=b"x", content_type="text/plain"), 2)) == [
        "> 415 INFO"
    ]
    package = {"Info-Package": "chess"}
    assert words(session.request(theirs(session, "INFO", 5, headers=package), 2)) == ["> 469 INFO"]


def test_methods_extensions_and_numbers_are_checked():
    session = answered()

    assert words(session.request(theirs(session, "OPTIONS", 2), 2)) == ["> 200 OPTIONS"]
    assert words(session.request(theirs(session, "MESSAGE", 3), 2)) == ["> 405 MESSAGE"]
    assert words(session.request(theirs(session, "INFO", 4, headers={"Require": "x"}), 2)) == ["> 420 INFO"]
    assert words(session.request(theirs(session, "INFO", 4), 2)) == ["> 500 INFO"]
    late = {"RAck": "1 1 INVITE"}
    assert words(session.request(theirs(session, "PRACK", 5, headers=late), 2)) == ["> 481 PRACK"]


def test_who_knows_our_tag_alone_can_neither_end_nor_press_nor_move_a_call():
    session = answered()
    for call_id, from_tag in (("another", "theirs"), ("call-1", "another")):
        for at, method in enumerate(("BYE", "INFO", "REFER")):
            foreign = request(method, to_tag="ours", cseq=90 + at, call_id=call_id, from_tag=from_tag)
            assert words(session.request(foreign, 2)) == [f"> 481 {method}"]
        moved = request("INVITE", to_tag="ours", cseq=99, sdp=OFFER, call_id=call_id, from_tag=from_tag)
        assert words(session.request(moved, 2)) == ["> 481 INVITE"]
    assert session.state == "up"
    assert words(session.request(theirs(session, "OPTIONS", 2), 2)) == ["> 200 OPTIONS"], "nor use up its numbers"


def test_a_strangers_ack_does_not_bring_a_call_up():
    session = incoming()
    session.answer(ANSWER, 0)

    assert words(session.request(request("ACK", to_tag="ours", call_id="another"), 1)) == []
    assert session.state == "answered"


def test_when_both_hang_up_at_once_the_call_ends_once():
    session = talking()
    session.hang_up(2)

    assert words(session.request(theirs(session, "BYE"), 2)) == ["> 200 BYE"]
    assert words(session.request(theirs(session, "INFO", 3), 2)) == ["> 481 INFO"]


def test_a_bye_nobody_answers_is_enough():
    session = talking()
    bye = next(w.request for w in session.hang_up(2) if isinstance(w, SendRequest))

    assert words(session.fault(bye, 34)) == ["gone"]


def test_a_reason_is_read_as_far_as_it_can_be():
    busy = request("BYE", headers={"Reason": 'SIP;cause=200, Q.850;cause=17;text="busy"'})
    assert read_reason(busy.headers) == (17, "busy")
    assert read_reason(request("BYE", headers={"Reason": 'Q.850;cause="'}).headers) == (16, "")


NAMES = (
    "answer ring refuse hang_up reoffer reanswer refer INVITE UPDATE BYE CANCEL ACK INFO REFER NOTIFY PRACK "
    "r180 r200 r401 r486 r491 r481 fault"
)
STEPS = st.lists(st.tuples(st.sampled_from(NAMES.split(" ")), st.integers(0, 4), st.floats(0, 40)), max_size=25)


class Player:
    """Plays random steps on a session and counts what it told."""

    def __init__(self, session: Session, wishes: list[Wish]) -> None:
        self.session = session
        self.asked: list[Request] = []
        self.ends = 0
        self.gone = 0
        self.see(wishes)

    def see(self, wishes: list[Wish]) -> None:
        self.asked += [wish.request for wish in wishes if isinstance(wish, SendRequest)]
        self.ends += sum(isinstance(wish, Ended) for wish in wishes)
        self.gone += sum(isinstance(wish, Gone) for wish in wishes)

    def step(self, name: str, number: int, now_s: float) -> None:
        session = self.session
        incoming_one = isinstance(session, IncomingSession)
        if name.startswith("r") and name[1:].isdigit():
            if self.asked:
                asked = self.asked[number % len(self.asked)]
                sdp = ANSWER if number % 2 else None
                self.see(session.response(asked, response(asked, int(name[1:]), tag="theirs", sdp=sdp), now_s))
        elif name == "fault":
            if self.asked:
                self.see(session.fault(self.asked[number % len(self.asked)], now_s))
        elif name == "hang_up":
            self.see(session.hang_up(now_s))
        elif name == "reanswer":
            self.see(session.reanswer(ANSWER if number else None, now_s))
        elif name in ("reoffer", "refer"):
            if session.state == "up":
                self.see(
                    session.reoffer(HELD, now_s) if name == "reoffer" else session.refer("sip:a@b", None, now_s)
                )
        elif name in ("answer", "ring", "refuse"):
            if isinstance(session, IncomingSession) and incoming_one:
                self.see(
                    session.answer(ANSWER, now_s)
                    if name == "answer"
                    else session.ring(ANSWER if number else None, now_s)
                    if name == "ring"
                    else session.refuse(486, {}, now_s)
                )
        else:
            sdp = OFFER if name in ("INVITE", "UPDATE", "ACK") and number % 2 else None
            cseq = 1 if name in ("ACK", "CANCEL") else 2 + number
            self.see(session.request(theirs(session, name, cseq, sdp=sdp), now_s))


@settings(max_examples=300, deadline=None)
@given(STEPS, st.booleans(), st.booleans())
def test_whatever_happens_a_call_ends_exactly_once_and_leaves_nothing(
    steps: list[tuple[str, int, float]], ours: bool, reliable: bool
):
    if ours:
        made, invite = outgoing()
        player = Player(made, [SendRequest(invite)])
    else:
        player = Player(incoming(OFFER, **({"Supported": "100rel"} if reliable else {})), [])
    session: Session = player.session
    now_s = 0.0
    for name, number, wait_s in steps:
        now_s += wait_s
        while (at_s := session.next_deadline()) is not None and at_s <= now_s:
            player.see(session.tick(at_s))
        player.step(name, number, now_s)
    player.see(session.hang_up(now_s))
    for _ in range(500):  # nobody answers any more
        for asked in player.asked:
            player.see(session.fault(asked, now_s))
        at_s = session.next_deadline()
        if at_s is None:
            break
        now_s = max(now_s, at_s)
        player.see(session.tick(now_s))

    assert player.ends == 1
    assert player.gone == 1
    assert session.state == "gone"
    assert session.next_deadline() is None
    assert isinstance(session, OutgoingSession | IncomingSession)
