"""The same customers walk through the journey as it was and as it is; who goes another way is told."""

from msgspec.structs import replace

from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.diff_ways import ways
from warmline.domain.journey.document import Ask, Compare, End, Goto, Journey, Return, Say, TextInput, Var, When

END = (End("bye"),)
TEXTS = PromptSource({one: {"bye": "Bye.", "hi": "Hi.", "more": "More."} for one in ("ko", "ja", "en")})
YES = Compare(Var("known"), "==", "yes")


def journey(*start: object, **changes: object) -> Journey:
    sections = {"start": (*start, Goto("agent")), "agent": END}
    made = Journey(id="j", on_error=END, sections=sections)  # pyright: ignore[reportArgumentType]
    return replace(made, **changes)


def test_where_nothing_changed_every_customer_goes_the_same_way():
    same = ways(journey(Say("hi")), journey(Say("hi")), {}, TEXTS, {}, 40)
    assert (same.customers, same.changed) == (40, 0)
    assert (same.reached, same.left, same.new, same.unused, same.lost) == ((), (), (), (), ())


def test_branches_are_followed_to_where_they_stand_now():
    before = journey(When(YES, (Say("hi"),), (Say("more"),)), parameters=("known",))
    # The branch slid down, and its condition is met by everybody now.
    not_empty = Compare(Var("known"), "==", "")
    after = journey(Say("hi"), When(not_empty, (Say("hi"),), (Say("more"),)), parameters=("known",))
    told = ways(before, after, {}, TEXTS, {}, 20)
    assert told.reached == ("start/1/then",)
    assert told.left == ("start/1/otherwise",)
    assert told.changed == 20
    assert told.examples[0].before[0] == "Bot: More."
    assert told.examples[0].after[0] == "Bot: Hi."


def test_new_branches_nobody_enters_are_told_apart_from_those_somebody_does():
    after = journey(When(YES, (Say("more"),), (Say("hi"),)), parameters=("known",))
    before = journey(parameters=("known",))
    there = ways(before, after, {}, TEXTS, {}, 20)
    assert (there.new, there.unused) == (("start/0/otherwise",), ("start/0/then",))
    back = ways(after, before, {}, TEXTS, {}, 20)
    assert back.lost == ("start/0/otherwise",)


def test_a_module_is_walked_by_who_calls_it():
    texts = PromptSource(
        {one: {"common.last_resort": "Sorry.", "hi": "Hi.", "bye": "Bye."} for one in ("ko", "ja", "en")}
    )
    before = Journey("m", END, {"start": (Return(1),)}, kind="module")
    after = replace(before, sections={"start": (Say("hi"), Return(1))})
    assert ways(before, after, {}, texts, {}, 10).changed == 10


def test_a_module_is_walked_with_each_value_that_it_asks_of_its_parameters():
    texts = PromptSource(
        {one: {"common.last_resort": "Sorry.", "hi": "Hi.", "bye": "Bye."} for one in ("ko", "ja", "en")}
    )
    asks = When(Compare(Var("topic"), "==", "returns"), (Say("hi"),))
    before = Journey("m", END, {"start": (Return(1),)}, kind="module", parameters=("topic",))
    told = ways(before, replace(before, sections={"start": (asks, Return(1))}), {}, texts, {}, 20)
    assert told.new == ("start/0/then", "start/0/otherwise")
    assert 0 < told.changed < 20


def test_the_seed_decides_what_customers_do():
    before = journey(Ask("name", "hi", TextInput(), give_up=END))
    after = journey(Ask("name", "more", TextInput(), give_up=END))
    one, other = (ways(before, after, {}, TEXTS, {}, 20, seed=7) for _ in range(2))
    assert one == other
    assert one.changed == 20
