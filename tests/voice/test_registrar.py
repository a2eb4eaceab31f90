from tests.sip.playbook import request
from tests.voice.conftest import phone

from warmline.sip.message import Response
from warmline.voice.flow import UdpFlow, UdpSocket
from warmline.voice.limits import Limits
from warmline.voice.registrar import Registrar


class Open(UdpSocket):
    """A socket that counts as open, for bindings nobody calls."""

    def __init__(self) -> None:
        super().__init__(self, lambda host: True)  # type: ignore[arg-type]

    @property
    def open(self) -> bool:
        return True

    def datagram(self, data: bytes, flow: UdpFlow) -> None:
        raise AssertionError


def registrar(limits: Limits | None = None) -> tuple[Registrar, list[tuple[str, bool]]]:
    told: list[tuple[str, bool]] = []
    return Registrar(limits or Limits(), lambda who, on: told.append((who, on))), told


def register(
    into: Registrar, contact: str = "<sip:1001@192.0.2.7>", *, cseq: int = 1, call_id: str = "r", now_s: float = 0,
    **headers: str,
) -> Response:  # fmt: skip
    made = request("REGISTER", cseq=cseq, call_id=call_id, headers={"Contact": contact, **headers})
    return into.register(made, phone(), UdpFlow(Open(), "192.0.2.7", 5060), now_s)


def test_a_phone_is_reachable_until_its_registration_expires():
    into, told = registrar()

    answer = register(into, Expires="600")

    assert (answer.status, answer.headers.get("Contact")) == (200, "<sip:1001@192.0.2.7>;expires=600")
    assert [str(b.uri) for b in into.bindings("phone-1001", 599)] == ["sip:1001@192.0.2.7"]
    assert into.bindings("phone-1001", 601) == []
    into.sweep(601)
    assert told == [("phone-1001", True), ("phone-1001", False)]
    assert len(into) == 0


def test_the_newest_place_rings_first_and_the_oldest_gives_way():
    into, _ = registrar(Limits(bindings_a_phone=2))
    for n in range(3):
        register(into, f"<sip:1001@192.0.2.{n}>", cseq=n + 1)

    assert [b.uri.host for b in into.bindings("phone-1001", 1)] == ["192.0.2.2", "192.0.2.1"]


def test_too_short_a_time_is_refused_with_the_least():
    into, _ = registrar()

    answer = register(into, "<sip:1001@192.0.2.7>;expires=10")

    assert (answer.status, answer.headers.get("Min-Expires")) == (423, "60")


def test_an_overtaken_registration_changes_nothing():
    into, _ = registrar()
    register(into, cseq=5)

    assert register(into, cseq=4, Expires="0").status == 500
    assert len(into) == 1
    assert register(into, cseq=6, Expires="0").status == 200
    assert len(into) == 0


def test_all_places_are_forgotten_with_a_star_and_only_then():
    into, _ = registrar()
    register(into)

    assert register(into, "*", cseq=2).status == 400
    assert register(into, "*", cseq=3, Expires="0").status == 200
    assert len(into) == 0


def test_asking_without_a_contact_tells_where_the_phone_is():
    into, _ = registrar()
    register(into)
    made = request("REGISTER", cseq=2, call_id="r")
    made.headers.remove("Contact")

    answer = into.register(made, phone(), UdpFlow(Open(), "192.0.2.7", 5060), 0)

    assert answer.headers.count("Contact") == 1


def test_the_number_of_places_is_bounded_and_strange_ones_are_refused():
    into, _ = registrar(Limits(registrations=0))

    assert register(into).status == 503
    assert register(registrar()[0], "<mailto:kim@example.com>").status == 416
