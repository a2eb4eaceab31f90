"""Every message of RFC 4475: valid ones are read rightly, invalid ones get the status the RFC says."""

from pathlib import Path

import pytest
from tests.sip.playbook import ME

from warmline.sip.builder import response_to
from warmline.sip.dialog import Dialog
from warmline.sip.digest_server import Counts, Guard, Nonces
from warmline.sip.message import Request, Response
from warmline.sip.parser import BadMessage, parse
from warmline.sip.sdp import read_sdp
from warmline.sip.uri import unescape
from warmline.voice.screening import refusal_before_asking, refusal_of_invite

FOLDER = Path(__file__).parent / "torture"


def message(name: str) -> Request | Response:
    return parse((FOLDER / f"{name}.sip").read_bytes())


def request(name: str) -> Request:
    found = message(name)
    assert isinstance(found, Request)
    return found


def refused(request: Request) -> tuple[int, tuple[tuple[str, str], ...]] | None:
    """What the endpoint refuses it with, from somebody who may call."""
    return refusal_before_asking(request) or (refusal_of_invite(request) if request.method == "INVITE" else None)


def bad(name: str) -> BadMessage:
    with pytest.raises(BadMessage) as caught:
        message(name)
    return caught.value


VALID = (
    "wsinv intmeth esc01 escnull esc02 lwsdisp longreq dblreq semiuri transports mpart01 unreason noreason "
    "badbranch "
    "unkscm novelsc unksm2 bext01 invut regaut01 bcast zeromf cparam01 cparam02 regescrt sdp01 inv2543"
)
REFUSED = {
    "badinv01": 400, "clerr": 400, "ncl": 400, "scalar02": 400, "quotbal": 400, "ltgtruri": 400, "lwsruri": 400,
    "lwsstart": 400, "trws": 400, "escruri": 400, "baddate": 400, "regbadct": 400, "badaspec": 400, "baddn": 400,
    "badvers": 505, "mismatch01": 400, "mismatch02": 501, "insuf": 400, "multi01": 400, "mcl01": 400,
}  # fmt: skip
DROPPED = ("scalarlg", "bigcode")
UNANSWERABLE = ("badinv01", "badvers", "insuf")  # their Via, or more, cannot be read


def test_all_forty_nine_messages_are_here():
    names = {path.stem for path in FOLDER.glob("*.sip")}
    assert names == {*VALID.split(), *REFUSED, *DROPPED}
    assert len(names) == 49


@pytest.mark.parametrize("name", VALID.split())
def test_a_valid_message_is_read_and_written_and_read_the_same(name: str):
    first = message(name)
    again = parse(first.encode())
    assert type(again) is type(first)
    assert again.body == first.body
    assert str(again.headers.from_) == str(first.headers.from_)
    assert again.headers.call_id.startswith(name)


@pytest.mark.parametrize(("name", "status"), REFUSED.items())
def test_an_invalid_request_gets_the_status_the_rfc_says(name: str, status: int):
    found = bad(name)
    assert found.status == status
    if name in UNANSWERABLE:
        assert found.answerable is None
        return
    assert found.answerable is not None
    answer = response_to(found.answerable, found.status, found.reason)
    assert answer.headers.via[0].branch == found.answerable.headers.via[0].branch


@pytest.mark.parametrize("name", DROPPED)
def test_an_invalid_response_is_dropped(name: str):
    found = bad(name)
    assert isinstance(found.partial, Response)
    assert found.answerable is None


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("esc02", 501), ("intmeth", 501), ("unkscm", 416), ("novelsc", 416), ("unksm2", 400), ("invut", 415),
        ("sdp01", 406), ("wsinv", None), ("zeromf", None), ("regaut01", None), ("cparam01", None),
        ("cparam02", None), ("regescrt", None), ("inv2543", None), ("escnull", None), ("badbranch", None),
        ("longreq", None),
    ],
)  # fmt: skip
def test_a_user_agent_refuses_what_it_cannot_do(name: str, refusal: int | None):
    found = refused(request(name))
    assert (found[0] if found else None) == refusal


def test_required_extensions_nobody_knows_are_named_in_the_refusal():
    assert refused(request("bext01")) == (
        420, (("Unsupported", "nothingSupportsThis, nothingSupportsThisEither"),),
    )  # fmt: skip


def test_the_tortuous_invite_reads_as_meant():
    found = request("wsinv")
    headers = found.headers
    assert found.uri.params == (("unknownparam", None),)
    assert (headers.to.tag, headers.from_.tag, headers.from_.display) == ("1918181833n", "98asjd8", 'J Rosen \\"')
    assert (headers.max_forwards, headers.cseq.number, headers.cseq.method) == (68, 9, "INVITE")
    assert [(v.transport, v.host, v.branch) for v in headers.via] == [
        ("UDP", "192.0.2.2", "390skdjuw"), ("TCP", "spindle.example", "z9hG4bK9ikj8"),
        ("UDP", "192.168.255.111", "z9hG4bK30239"),
    ]  # fmt: skip
    assert headers.get("Subject") == ""
    assert headers.get("NewFangledHeader") == "newfangled value continued newfangled value"
    assert headers.contacts[0].display == 'Quoted string ""'
    assert headers.contacts[0].params == {"newparam": "newvalue", "secondparam": None, "q": "0.33"}
    assert headers.routes[0].uri.param("unknownwith") == "value"
    assert len(read_sdp(found.body.decode()).media) == 2


def test_the_strangest_characters_are_kept():
    found = request("intmeth")
    assert found.method == "!interesting-Method0123456789_*+`.%indeed'~"
    assert found.uri.user == "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*"
    assert found.uri.password == "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)"
    assert found.headers.to.display == "BEL:\x07 NUL:\x00 DEL:\x7f"
    assert found.headers.from_.params["fromparam''~+*_!.-%"] == "работающий"
    assert found.headers.get("extensionHeader-!.%*+_`'~") == "\ufeff大停電"


def test_escapes_are_undone_where_they_are_escapes_and_only_there():
    found = request("esc01")
    assert found.uri.user_text == "sips:user@busan.example"
    assert found.headers.to.uri.user_text == "user"
    assert found.headers.from_.uri.user_text == "I have spaces"
    assert [unescape(name) for name, _ in found.headers.contacts[0].uri.params] == ["lr", "name"]
    assert unescape(found.headers.contacts[0].uri.params[1][1] or "") == "value%41"
    assert [c.uri.user_text for c in request("escnull").headers.contacts] == ["\0", "\0\0"]
    assert request("esc02").method == "RE%47IST%45R"
    assert request("esc02").headers.to.display == "%Z%45"


def test_what_follows_the_body_in_a_datagram_is_dropped():
    assert request("dblreq").method == "REGISTER"
    assert request("dblreq").body == b""


def test_parameters_in_a_user_part_belong_to_the_user():
    found = request("semiuri")
    assert found.uri.user_text == "user;par=u@busan.example"
    assert found.uri.params == ()


def test_addresses_transports_and_lengths():
    assert request("lwsdisp").headers.from_.display == "mina"
    assert [v.transport for v in request("transports").headers.via] == ["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"]
    assert len(request("longreq").headers.via) == 33
    assert request("longreq").headers.to.uri.port == 6000


def test_bodies_of_several_parts_may_hold_any_bytes():
    found = request("mpart01")
    assert found.headers.content_type is not None
    assert found.headers.content_type.boundary == "7a9cbec02ceef655"
    assert b"\r\n\r\n\x00\xff" in found.body


def test_reason_phrases_may_be_of_any_script_or_missing():
    unusual, empty = message("unreason"), message("noreason")
    assert isinstance(unusual, Response)
    assert isinstance(empty, Response)
    assert unusual.reason.endswith("простое")
    assert (empty.status, empty.reason) == (100, "")


def test_a_branch_of_nothing_but_the_cookie_falls_back_to_the_old_rules():
    assert not request("badbranch").headers.via[0].has_unique_branch
    assert not request("inv2543").headers.via[0].has_unique_branch


def test_a_response_whose_way_back_is_a_broadcast_is_read_with_both_hops():
    assert [via.host for via in message("bcast").headers.via] == ["192.0.2.198", "255.255.255.255"]


def test_parameters_of_a_contact_are_told_apart_from_those_of_its_uri():
    outside, inside = request("cparam01").headers.contacts[0], request("cparam02").headers.contacts[0]
    assert (outside.params, outside.uri.params) == ({"unknownparam": None}, ())
    assert (inside.params, inside.uri.params) == ({}, (("unknownparam", None),))
    assert request("regescrt").headers.contacts[0].uri.headers == (("Route", "%3Csip:sip.busan.example%3E"),)


def test_unknown_credentials_count_as_none_so_that_a_challenge_follows():
    door = Guard("busan", Nonces(b"s" * 32), Counts())
    claimed = door.claimed(request("regaut01").headers.all("Authorization"))
    assert door.check(claimed, None, "REGISTER", "sip:busan.example", 0).verdict == "none"


def test_a_caller_of_1999_is_understood():
    found = request("inv2543").headers
    assert found.from_.tag is None
    assert found.max_forwards is None
    assert found.to.params == {"user": "phone"}
    assert found.record_routes[0].uri.param("maddr") == "ss1.busan.example"


def test_a_caller_of_1999_can_be_hung_up_on_where_from_says_they_are():
    dialog = Dialog.asked(request("inv2543"), ME, "ours")
    assert str(dialog.target) == "sip:+13035551111@ift.client.seoul.example;user=phone"
    assert dialog.request("BYE", "branch").headers.to.tag is None
