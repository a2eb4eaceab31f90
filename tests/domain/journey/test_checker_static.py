"""What is wrong with a journey on paper."""

from msgspec.structs import replace

from warmline.domain.journey.checker_static import World, static_problems
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import (
    Ask,
    End,
    Enqueue,
    Goto,
    Invoke,
    Journey,
    OrderNumberInput,
    PhoneInput,
    Return,
    Say,
    Step,
)
from warmline.domain.journey.tasks import TaskSpec, always
from warmline.kernel.locale import LOCALES

TEXTS = PromptSource(
    {locale: dict.fromkeys(("hi", "common.no_input", "common.no_match"), "Hi.") for locale in LOCALES}
)
WORLD = World(frozenset(), frozenset(), {"orders.find": always(("status",)), "crm.note": TaskSpec()})
END = (End("hi"),)


def _codes(*start: Step, **more: object) -> list[str]:
    journey = replace(Journey("j", END, {"start": start, "agent": END}), **more)
    return [p.code for p in static_problems(journey, {"j": journey}, WORLD, TEXTS, "webchat")]


def test_a_sound_journey_has_nothing_to_complain_about():
    assert _codes(Say("hi"), End("hi")) == []


def test_a_journey_needs_its_beginning():
    assert "no_start" in _codes(sections={"agent": END})


def test_tasks_and_their_fields_must_exist():
    assert _codes(Invoke("orders.lose", into="o", failed=END)) == ["task_unknown"]
    assert _codes(Invoke("orders.find", into="o", failed=END, result=("colour",))) == ["result_unknown"]
    assert _codes(Invoke("crm.note", into="o", failed=END, result=("anything",))) == []


def test_only_modules_return():
    assert "return_outside_module" in _codes(Return())
    assert "section_unknown" in _codes(Goto("moon"))


def test_a_phone_number_is_personal_even_if_nobody_said_so():
    ask = Ask("phone", "hi", PhoneInput(), give_up=END)
    assert _codes(ask) == ["personal_in_clear"]
    assert _codes(Ask("phone", "hi", PhoneInput(), give_up=END, sensitivity="pii")) == []
    assert _codes(Ask("name", "hi", PhoneInput(), give_up=END, attempts=0, sensitivity="pii")) == ["out_of_range"]


def _asking_for(**skills: int) -> list[str]:
    world = World(frozenset({"orders"}), frozenset(), {}, {"ja": 3, "refunds": 5, "gold": 0})
    journey = Journey(id="j", on_error=END, sections={"start": (_enqueue(skills),), "agent": END})
    return [p.code for p in static_problems(journey, {"j": journey}, world, QUEUE_TEXTS, "webchat")]


def _enqueue(skills: dict[str, int]) -> Enqueue:
    return Enqueue("orders", END, END, END, skills=skills, enter_prompt="hi", wait_prompt="hi")


QUEUE_TEXTS = PromptSource({locale: {"hi": "Hi."} for locale in LOCALES})


def test_a_queue_is_not_asked_for_a_skill_that_nobody_has():
    assert _asking_for(refunds=5, ja=3) == []
    assert _asking_for(welding=1) == ["skill_unknown"]
    assert _asking_for(gold=1) == ["skill_nobody_has"]
    assert _asking_for(ja=4, refunds=5) == ["skill_nobody_has"]
    assert _asking_for(zh=1) == ["skill_unknown"]  # a language nobody speaks is no different


def test_a_step_behind_the_end_is_told_with_its_place():
    journey = Journey(id="j", on_error=END, sections={"start": (End("hi"), Say("hi")), "agent": END})
    (problem,) = static_problems(journey, {"j": journey}, WORLD, TEXTS, "webchat")
    assert (problem.code, problem.section) == ("dead_step", "start")
    assert "Step 2 (`Say`)" in problem.text


def test_an_order_number_is_not_written_as_a_number_though_its_example_is_one():
    texts = PromptSource(
        {one: {"hi": "Hi.", "n": "{number:number}", "s": "It is {number:spaced}."} for one in LOCALES}
    )
    ask = Ask(
        "number", "hi", OrderNumberInput(r"(?:ON-)?\d{8}", example="26113407"), END, no_input=(), no_match=()
    )

    def codes(key: str) -> list[str]:
        journey = Journey("j", END, {"start": (ask, Say(key), *END), "agent": END})
        return [p.code for p in static_problems(journey, {"j": journey}, WORLD, texts, "webchat")]

    assert codes("n") == ["format_unfit"]
    assert codes("s") == []
