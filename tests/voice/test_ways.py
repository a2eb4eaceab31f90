from tests.voice.conftest import SDP, OpenHouse, carrier

from warmline.ports.telephone import Dialling


async def test_carriers_are_tried_in_their_order_and_told_who_calls(house: OpenHouse):
    second = carrier(id="second", order=2, domain="carrier.example")
    here = await house((second, carrier(id="first", order=1), carrier(id="other", tenant_id="rival")))

    ways = await here.endpoint._ways.by_trunk(Dialling("onda", "+821012345678", SDP, from_number="+8215880000"))

    assert [way.trunk_id for way in ways] == ["first", "second"]
    assert str(ways[1].uri) == "sip:+821012345678@carrier.example"
    assert ways[1].headers["P-Asserted-Identity"] == "<sip:+8215880000@carrier.example>"


async def test_a_line_shows_its_own_number_when_a_call_says_nothing(house: OpenHouse):
    here = await house((carrier(id="first", user="account-7", caller_number="+8215880000"),))

    [way] = await here.endpoint._ways.by_trunk(Dialling("onda", "+821012345678", SDP))

    assert str(way.from_.uri) == "sip:+8215880000@127.0.0.1"
    assert way.headers["P-Asserted-Identity"] == "<sip:+8215880000@127.0.0.1>"


async def test_a_phone_of_another_tenant_is_nobodys(house: OpenHouse):
    here = await house()

    assert here.endpoint._ways.to_phone(Dialling("rival", "phone-1001", SDP, phone=True)) == []
