"""Who hears whom, for everything people do in a call."""

from uuid import UUID

from warmline.channels.voice.circle import Circle, Party


def circle(**options) -> Circle:
    mina = Party("mina", "agent", "owner", "Mina", UUID(int=1), up=True)
    return Circle({"mina": mina}, **options)


def add(one: Circle, party: str, role, mode: str = "talk", *, up: bool = True) -> None:
    kind = "supervisor" if role == "supervisor" else "number"
    one.parties[party] = Party(party, kind, role, party, mode=mode, up=up)


def test_two_people_hear_each_other_and_nobody_on_hold():
    assert circle().hears(True) == {"customer": ("mina",), "mina": ("customer",)}
    assert circle(held=True).hears(True) == {}


def test_the_customer_does_not_hear_a_consultation_until_it_becomes_a_conference():
    one = circle(talk="consulted")
    add(one, "shop", "consulted", "consult")
    assert one.hears(True) == {"mina": ("shop",), "shop": ("mina",)}
    one.talk = "all"
    assert one.hears(True)["customer"] == ("mina", "shop")
    one.talk = "customer"
    assert one.hears(True) == {"customer": ("mina",), "mina": ("customer",)}
    assert one.sound(one.parties["shop"], dialling=False) == "music"


def test_who_listens_hears_all_and_is_heard_by_nobody():
    one = circle()
    add(one, "boss", "supervisor", "listen")
    hears = one.hears(True)
    assert hears["boss"] == ("customer", "mina")
    assert not any("boss" in mouths for mouths in hears.values())


def test_who_whispers_is_heard_by_the_agent_alone():
    one = circle()
    add(one, "boss", "supervisor", "whisper")
    hears = one.hears(True)
    assert hears["mina"] == ("customer", "boss")
    assert hears["customer"] == ("mina",)


def test_who_barges_in_is_heard_by_both():
    one = circle()
    add(one, "boss", "supervisor", "barge")
    assert one.hears(True)["customer"] == ("mina", "boss")
    assert one.hears(True)["mina"] == ("customer", "boss")


def test_when_the_agent_has_left_customer_and_number_go_on():
    one = circle()
    add(one, "shop", "consulted", "consult")
    del one.parties["mina"]
    assert one.hears(True) == {"customer": ("shop",), "shop": ("customer",)}


def test_states_are_told_in_the_words_of_the_desk():
    one = circle()
    add(one, "shop", "consulted", "consult", up=False)
    one.parties["shop"].rings = True
    add(one, "boss", "supervisor", "whisper")
    assert {name: one.state(party) for name, party in one.parties.items()} == {
        "mina": "talking", "shop": "ringing", "boss": "whispering",
    }  # fmt: skip
