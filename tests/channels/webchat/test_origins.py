"""Which pages may open a widget's socket."""

from house import SHOP, House
from warmline.channels.webchat.origins import allow_origin, own_origin
from warmline.ports.socket import Opening


def opening(origin: str | None) -> Opening:
    return Opening("/ws/widget", origin, "desk.example", "192.0.2.1")


async def test_the_shops_page_our_own_and_programs_may_and_a_strange_page_may_not(house: House):
    allow = allow_origin(house.rooms.chat)
    assert allow(opening(SHOP))
    assert allow(opening("https://desk.example"))
    assert allow(opening(None))
    assert not allow(opening("https://evil.example"))


def test_our_own_page_is_the_one_of_this_very_host():
    assert own_origin(opening("https://desk.example"))
    assert not own_origin(opening(None))
