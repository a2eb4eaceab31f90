"""A counter-example reads like a conversation."""

from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.checker_transcript import Telling
from warmline.domain.journey.document import Ask, DigitsInput, End, Invoke, Journey, Say
from warmline.domain.journey.machine import begin
from warmline.kernel.locale import LOCALES

WORDS = {"ask": "Number?", "bye": "Goodbye {n}.", "common.no_match": "Pardon?", "input.hint.digits": ""}
END = (End("bye"),)
JOURNEY = Journey(
    id="j",
    on_error=END,
    sections={"start": (Ask("n", "ask", DigitsInput(2, 2), give_up=END), Invoke("find", into="o", failed=END))},
)
TEXTS = {locale: WORDS for locale in LOCALES}


def test_customer_bot_and_surroundings_each_have_their_lines():
    path = [
        Stimulus("start"),
        Stimulus("say", text="12"),
        Stimulus("task", name="j.1", outcome="ok", result={"status": "lost"}),
    ]
    lines = list(Telling({"j": JOURNEY}, TEXTS).transcript(begin("j", 1, "en"), path))
    assert lines[:3] == ["Bot: Number?", "Customer: 12", "       (find answers: ok — status=lost)"]
    assert "    ✗  The path ends here with nothing after it." in lines


def test_a_plain_greeting_needs_no_surroundings():
    greeting = Journey(id="g", on_error=END, sections={"start": (Say("ask"), End("ask"))})
    lines = list(Telling({"g": greeting}, TEXTS).transcript(begin("g", 1, "ko"), [Stimulus("start")]))
    assert lines == ["Bot: Number?", "Bot: Number?", "       (ends: contained)"]


def test_each_step_of_a_conversation_tells_which_blocks_it_entered():
    path = [Stimulus("start"), Stimulus("say", text="12"), Stimulus("task", name="j.1", outcome="ok")]
    played = list(Telling({"j": JOURNEY}, TEXTS).played(begin("j", 1, "en"), path))
    assert [entered for _lines, entered in played] == [("j#start",), (), ("j#@on_error",)]


def test_what_a_machine_calls_by_codes_a_conversation_tells_in_words():
    path = [Stimulus("start"), Stimulus("say", text="12"), Stimulus("task", name="j.1", outcome="timed_out")]
    taken = Journey(
        id="j", on_error=END, sections={"start": (*JOURNEY.sections["start"][:1], End("ask", "message_taken"))}
    )
    for locale in LOCALES:
        lines = list(Telling({"j": JOURNEY}, TEXTS, locale=locale).transcript(begin("j", 1, locale), path))
        lines += Telling({"j": taken}, TEXTS, locale=locale).transcript(begin("j", 1, locale), path[:2])
        assert len(lines) > 5
        assert not [line for line in lines if "_" in line], "codes have underscores, sentences have none"
