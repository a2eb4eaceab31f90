"""Who is not proven is told nothing of what backends know; what is nobody's in particular may be said."""

from warmline.domain.journey.checker_proof import Doorkeeper
from warmline.domain.journey.checker_tags import Duty
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import End, Invoke, Journey, Reason, Say, SendLink, Set, TransferJourney, Var
from warmline.domain.journey.interface import RunTask, Speak
from warmline.kernel.locale import LOCALES

BYE = (End("bye"),)
WORDS = {"bye": "Bye.", "told": "It is {order.state}.", "copied": "It is {state}.", "shops": "In {shops.city}."}
TEXTS = PromptSource({one: WORDS for one in LOCALES})
DUTIES = {"orders": Duty(frozenset({"PIPA"}), 2), "quick": Duty(frozenset({"PIPA"})), "other": Duty(level=2)}
ORDERS = Journey(
    "j",
    BYE,
    {
        "start": (
            Reason("orders"),
            Invoke("find", "order", BYE, {"number": Var("number")}),
            Invoke("list", "shops", BYE),
            Set("state", Var("order.state")),
            Say("told"),
            Say("copied"),
            Say("shops"),
            SendLink(Var("phone"), BYE, BYE),
            TransferJourney("next"),
        )
    },
)
NEXT = Journey("next", BYE, {"start": (Say("told"), *BYE)})


def _keeper(intent: str = "orders") -> Doorkeeper:
    start = (Reason(intent), *ORDERS.sections["start"][1:])
    return Doorkeeper({"j": Journey("j", BYE, {"start": start}), "next": NEXT}, DUTIES, TEXTS, "webchat")


def _told(keeper: Doorkeeper, prompt: str, assurance: int, journey: str = "j") -> list[str]:
    spoken = Speak(prompt, "…")
    return [cause.details["name"] for cause, _ in keeper.judge([spoken], assurance, {journey})]


def test_what_a_backend_knows_waits_for_the_level_that_the_reason_asks_for():
    keeper = _keeper()
    assert _told(keeper, "told", 1) == ["order.state"]
    assert _told(keeper, "copied", 0) == ["state"]
    assert _told(keeper, "told", 2) == []


def test_what_is_asked_for_nobody_in_particular_may_be_told_to_anybody():
    assert _told(_keeper(), "shops", 0) == []


def test_a_journey_that_goes_on_with_the_case_keeps_to_it_and_others_do_not():
    keeper = _keeper()
    assert _told(keeper, "told", 0, "next") == ["order.state"]
    assert _told(keeper, "told", 0, "elsewhere") == []


def test_a_link_to_the_case_waits_as_well():
    keeper = _keeper()
    link = RunTask("t1", "messages.send_link", {}, 8.0)
    assert [cause.code for cause, _ in keeper.judge([link], 1, {"j"})] == ["linked_before_proof"]
    assert list(keeper.judge([link], 2, {"j"})) == []


def test_where_no_reason_asks_for_proof_there_is_nothing_to_keep():
    assert not _keeper().idle
    assert _keeper("quick").idle, "tagged, but everybody may be told"
    assert _keeper("other").idle, "a level without a law"
    assert Doorkeeper({"j": ORDERS, "next": NEXT}, {}, TEXTS, "webchat").idle
