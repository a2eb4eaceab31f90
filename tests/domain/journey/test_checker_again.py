"""An answer that led on at the first try is not walked again at a later one; whatever depends on the tries is."""

from msgspec.structs import replace

from warmline.domain.journey.checker_again import Answered, leads_on, tried, uncounted, worth_remembering
from warmline.domain.journey.checker_around import State
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.session import Frame, JourneySession, Waiting

ASKED = JourneySession((Frame("j", 1, "start", (0,)),), "en", waiting=Waiting("input", 1))
YES = Stimulus("tap", text="yes")


def _then(**changes: object) -> State:
    return State(replace(ASKED, **changes))


def test_a_later_try_counts_as_one_and_so_does_a_delay_that_was_told():
    running = frozenset({"journey.task", "journey.slow"})
    first = tried(Waiting("task", 1, data={"attempt": 2}), running, (1,))
    assert first < tried(Waiting("task", 2, data={"attempt": 2}), running, (2,))
    assert first < tried(Waiting("task", 1, data={"attempt": 2}), running - {"journey.slow"}, (1,))
    assert first < tried(Waiting("task", 1, data={"attempt": 3}), running, (1,))
    assert tried(None, frozenset(), ()) == ()
    assert uncounted({"attempt": 2, "sends": 1, "secret": True}) == {"secret": True}


def test_an_answer_that_led_on_is_known_after_as_many_tries_or_more_and_only_at_its_place():
    answered = Answered()
    assert not answered.before(b"menu", YES, (1, 1))
    answered.remember(b"menu", YES, (1, 1))
    assert answered.before(b"menu", YES, (1, 1))
    assert answered.before(b"menu", YES, (3, 1))
    assert not answered.before(b"menu", replace(YES, text="no"), (3, 1))
    assert not answered.before(b"question", YES, (3, 1))
    answered.remember(b"question", YES, (2, 1))
    assert not answered.before(b"question", YES, (1, 5)), "after fewer tries there may be one more question"


def test_a_backend_that_says_the_same_says_the_same_whatever_number_its_task_has():
    answered = Answered()
    found = Stimulus("task", name="j.4", outcome="ok", result={"status": "sent"})
    answered.remember(b"look-up", found, (1,))
    assert answered.before(b"look-up", replace(found, name="j.9#2"), (2,))
    assert not answered.before(b"look-up", replace(found, result={"status": "lost"}), (2,))


def test_whoever_is_asked_once_more_was_not_led_on_but_whoever_is_elsewhere_was():
    assert not leads_on(ASKED, _then(waiting=Waiting("input", 2)))
    assert leads_on(ASKED, _then(frames=(Frame("j", 1, "start", (1,)),)))
    assert leads_on(ASKED, _then(frames=(*ASKED.frames, Frame("m", 1, "start"))))
    assert leads_on(ASKED, replace(_then(), ended="completed"))


def test_the_next_part_of_a_step_is_elsewhere_unless_it_remembers_how_often_one_was_wrong():
    assert leads_on(ASKED, _then(waiting=Waiting("input", 1, phase="time")))
    assert not leads_on(ASKED, _then(waiting=Waiting("task", 1, phase="checking", data={"attempt": 2})))


def test_silence_is_always_walked_and_so_is_whatever_is_said_in_a_line():
    assert worth_remembering(YES, Waiting("input"))
    assert not worth_remembering(Stimulus("silence", name="journey.input"), Waiting("input"))
    assert not worth_remembering(YES, Waiting("queue"))
    assert not worth_remembering(YES, None)
