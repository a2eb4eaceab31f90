"""Person or machine, by how long the first words go on."""

import pytest

from warmline.channels.voice.greeting import DECIDED_S, TOLD_LATE_S, Greeting, Verdict


def heard(*words: tuple[float, float], until_s: float = 7.0) -> tuple[Verdict | None, float]:
    """Return the verdict and when it fell, for words from and until these seconds after the answer."""
    told = sorted([(begin, True) for begin, _ in words] + [(end + TOLD_LATE_S, False) for _, end in words])
    greeting, now_s = Greeting(100.0), 0.0
    while now_s <= until_s:
        while told and told[0][0] <= now_s + 1e-9:
            at_s, on = told.pop(0)
            greeting.speaking(on, 100.0 + at_s)
        verdict = greeting.verdict(100.0 + now_s)
        if verdict is not None:
            return verdict, round(now_s, 2)
        now_s = round(now_s + 0.02, 2)
    return None, now_s


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        (((0.4, 1.1),), "person"),  # "Hello?" and silence
        (((0.2, 5.0),), "machine"),
        (((0.2, 2.0), (2.55, 4.5)), "machine"),  # a breath between two sentences
        (((0.2, 2.0), (2.7, 4.0)), "person"),  # two short remarks
        ((), "person"),  # nothing was heard: nobody is called a machine for it
    ],
)
def test_who_answered_is_told_by_how_long_the_first_words_go_on(words, verdict: Verdict):
    assert heard(*words)[0] == verdict


def test_a_machine_is_known_while_it_still_speaks_and_a_person_soon_after_their_greeting():
    assert heard((0.5, 9.0)) == ("machine", 4.02)
    assert heard((0.4, 1.1))[1] == pytest.approx(1.9, abs=0.05)
    assert heard()[1] == DECIDED_S


def test_it_asks_to_be_woken_when_time_alone_decides():
    greeting = Greeting(100.0)
    assert greeting.due_s == 106.0
    greeting.speaking(True, 101.0)
    assert greeting.due_s == pytest.approx(104.51)
    assert greeting.verdict(greeting.due_s) == "machine"
    greeting.speaking(False, 102.5)
    assert greeting.due_s == pytest.approx(102.8)
    assert greeting.verdict(greeting.due_s) == "person"
