"""A journey drawn as text shows its sections, steps and branches."""

from warmline.domain.journey.document import (
    AllOf,
    AnyOf,
    Compare,
    End,
    Enqueue,
    Goto,
    Journey,
    NotIf,
    Say,
    Set,
    Var,
    When,
)
from warmline.domain.journey.outline import describe, outline, spell_condition

END = (End("bye"),)


def test_branches_are_indented_below_their_step():
    decide = When(Compare(Var("x"), "==", 1), then=(Say("one"),), otherwise=(Goto("agent"),))
    journey = Journey(id="j", on_error=END, sections={"start": (decide,), "agent": (Enqueue("q", END, END, END),)})
    assert list(outline(journey))[:8] == [
        "j (journey)",
        "┌ start",
        "│ when x == 1",
        "│   ├ then",
        "│   │   say one",
        "│   ├ otherwise",
        "│   │   goto agent",
        "└",
    ]


def test_conditions_read_like_sentences():
    one, two = Compare(Var("a"), "is_set"), Compare(Var("b"), "in", ("x", "y"))
    assert spell_condition(AllOf((one, NotIf(two)))) == "(a is set and not b in ['x', 'y'])"
    assert spell_condition(AnyOf((one, one))) == "(a is set or a is set)"
    assert describe(Set("a", Var("b.c"))) == "set a = b.c"
