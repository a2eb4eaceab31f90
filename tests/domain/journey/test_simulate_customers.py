"""Scripted customers follow their script; wanderers try everything and always come to an end."""

from random import Random

from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import Ask, DigitsInput, End, Enqueue, Field, Goto, Journey, Option, Show
from warmline.domain.journey.simulate import Answer, Conversation
from warmline.domain.journey.simulate_customers import Turn, play, wander
from warmline.domain.journey.simulate_run import NOW, Scene, Setting
from warmline.kernel.locale import LOCALES

WORDS = dict.fromkeys(
    ("ask", "bye", "common.no_input", "common.no_match", "queue.enter", "queue.wait", "queue.enter_plain",
     "queue.wait_plain", "queue.wait_position", "input.hint.digits", "common.nothing_before",
     "input.problem.too_long", "input.problem.too_short"), "…",
)  # fmt: skip
END = (End("bye"),)
ASK = Ask("n", "ask", DigitsInput(4, 4), give_up=(Goto("agent"),), attempts=2)
JOURNEY = Journey(
    id="j", on_error=END, sections={"start": (ASK, End("bye")), "agent": (Enqueue("q", END, END, END),)}
)
TEXTS = PromptSource({locale: {**WORDS, "common.words.agent": "agent"} for locale in LOCALES})


def _talk() -> Conversation:
    return Conversation("j", Scene({"j": JOURNEY}, TEXTS, Setting()), lambda task: Answer(), NOW)


def test_a_script_waits_is_silent_answers_and_leaves():
    talk = _talk()
    play(talk, [Turn(silent=True), Turn(say="1234")])
    assert talk.ended == "contained"
    leaving = _talk()
    play(leaving, [Turn(leave=True), Turn(say="1234")])
    assert leaving.ended == "left"


def test_after_the_script_time_runs_until_the_end():
    talk = _talk()
    play(talk, [Turn(say="agent")])
    assert talk.ended == "person"


def test_every_wanderer_comes_to_an_end():
    ends = set()
    for seed in range(200):
        talk = _talk()
        wander(talk, Random(seed), {"j": JOURNEY})
        assert talk.ended is not None
        assert not talk.problems
        ends.add(talk.ended)
    assert {"contained", "person", "left"} <= ends


def _calls(seed: int) -> Conversation:
    talk = Conversation(
        "j", Scene({"j": JOURNEY}, TEXTS, Setting()), lambda task: Answer(), NOW, channel="voice",
        connect_after_s=5.0,
    )  # fmt: skip
    wander(talk, Random(seed), {"j": JOURNEY})
    return talk


def test_callers_have_keys_only_and_use_all_of_them():
    talks = [_calls(seed) for seed in range(200)]
    said = {
        line.removeprefix("Customer: ") for talk in talks for line in talk.lines if line.startswith("Customer: ")
    }
    assert all(one in ("*", "(leaves)") or one.isdecimal() for one in said)
    assert {"*", "0", "1234", "(leaves)"} <= said
    assert {talk.ended for talk in talks} >= {"contained", "person", "left"}
    assert not any(talk.problems for talk in talks)


def test_wanderers_get_through_a_card_field_by_field_in_writing_and_by_telephone():
    card = Show(
        "ask",
        fields=(Field("n", "ask", DigitsInput(4, 4)), Field("m", "ask", DigitsInput(2, 2), required=False)),
        options=(Option("send", "send", then=END), Option("stop", "stop", then=(Goto("agent"),))),
        give_up=(Goto("agent"),),
    )
    journey = Journey(id="j", on_error=END, sections={"start": (card,), "agent": JOURNEY.sections["agent"]})
    words = dict.fromkeys(
        ("send", "stop", "common.form_no_input", "common.form_unfit", "common.form_required", "common.form_choose",
         "common.form_skip", "common.form_one_by_one", "input.hint.choice", "voice.option",
         "voice.option_last"), "…",
    )  # fmt: skip
    texts = PromptSource({locale: {**WORDS, **words, "common.words.agent": "agent"} for locale in LOCALES})
    for channel in ("webchat", "voice"):
        filled = set()
        for seed in range(100):
            talk = Conversation(
                "j", Scene({"j": journey}, texts, Setting()), lambda task: Answer(), NOW, channel=channel
            )
            wander(talk, Random(seed), {"j": journey})
            assert talk.ended is not None
            assert not talk.problems
            filled |= {talk.session.frames[-1].variables.get(name) for name in ("n", "m")}
        assert {"1234", "12"} <= filled, channel
