from tests.sip.playbook import ME, OFFER, manners, request, response

from warmline.sip.dialog import Dialog
from warmline.sip.session_core import Core
from warmline.sip.session_wishes import Respond


def test_requests_say_what_we_can_and_answers_what_we_take():
    core = Core(ME, manners())
    invite = request(sdp=OFFER)
    core.dialog = Dialog.asked(invite, ME, "ours")

    again = core.send(core.build("INVITE", sdp=OFFER))
    core.answer(invite, 415)
    (_, refusal) = core.take()

    assert "PRACK" in again.headers.allow
    assert again.headers.get("Session-Expires") == "1800"
    assert isinstance(refusal, Respond)
    assert "application/sdp" in (refusal.response.headers.get("Accept") or "")
    assert refusal.response.headers.to.tag == "ours"


def test_each_challenge_is_answered_once():
    core = Core(ME, manners(lambda asked, challenge: ("Authorization", "x")))
    bye = request("BYE")

    assert core.authorized(bye, response(bye, 401)) == ("Authorization", "x")
    assert core.authorized(bye, response(bye, 401)) is None
