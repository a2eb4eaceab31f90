from tests.sip.playbook import ME, request, response

from warmline.sip.address import read_name_addr
from warmline.sip.dialog import Dialog, dialog_id


def test_requests_in_a_call_take_the_recorded_route_to_the_contact():
    invite = request(headers={"Record-Route": "<sip:p1.example;lr>, <sip:p2.example;lr>"})
    dialog = Dialog.asked(invite, ME, "ours")

    bye = dialog.request("BYE", "branch")

    assert str(bye.uri) == "sip:kim@192.0.2.1:5060"
    assert [str(route.uri) for route in bye.headers.routes] == ["sip:p1.example;lr", "sip:p2.example;lr"]
    assert str(dialog.next_hop) == "sip:p1.example;lr"
    assert (bye.headers.to.tag, bye.headers.from_.tag) == ("theirs", "ours")


def test_a_caller_takes_the_route_the_other_way_round():
    invite = request(from_tag="ours")
    answer = response(invite, 200, headers={"Record-Route": "<sip:p1.example;lr>, <sip:p2.example;lr>"})

    dialog = Dialog.answered(invite, answer, ME)

    assert [str(r.uri) for r in dialog.route] == ["sip:p2.example;lr", "sip:p1.example;lr"]
    assert dialog.id == ("call-1", "ours", "theirs")
    assert dialog.request("BYE", "b").headers.cseq.number == 2


def test_a_strict_router_gets_the_request_itself():
    dialog = Dialog.asked(request(headers={"Record-Route": "<sip:old.example>"}), ME, "ours")

    bye = dialog.request("BYE", "branch")

    assert str(bye.uri) == "sip:old.example"
    assert [str(route.uri) for route in bye.headers.routes] == ["sip:kim@192.0.2.1:5060"]


def test_an_overtaken_request_is_stale():
    dialog = Dialog.asked(request(cseq=5), ME, "ours")

    assert [dialog.judge(request("INFO", cseq=n)) for n in (6, 8, 7, 8)] == ["fresh", "fresh", "stale", "stale"]


def test_who_moves_is_found_at_the_new_address():
    dialog = Dialog.asked(request(), ME, "ours")

    dialog.refresh(request(cseq=2, headers={"Contact": "<sip:kim@198.51.100.7>"}))
    dialog.refresh(request(cseq=3, headers={"Contact": "<tel:+1>"}))

    assert str(dialog.target) == "sip:kim@198.51.100.7"


def test_an_early_dialog_becomes_a_confirmed_one_with_the_route_of_the_answer():
    invite = request(from_tag="ours")
    dialog = Dialog.answered(invite, response(invite, 180), ME)

    dialog.confirm(response(invite, 200, headers={"Record-Route": "<sip:p.example;lr>"}))

    assert dialog.confirmed
    assert dialog.route == (read_name_addr("<sip:p.example;lr>"),)


def test_a_request_names_its_dialog():
    assert dialog_id(request("BYE", to_tag="ours")) == ("call-1", "ours", "theirs")
