"""Every path the checker tells can be played again, word for word."""

import msgspec
from tests.domain.journey.test_checker_broken import ALONE, BROKEN, TEXTS, WORLD

from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_replay import (
    CALLED,
    at_fault,
    beginning,
    fault_in,
    replayed,
    staged,
    trial_of,
    worth_telling,
)
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.document import CallModule, End, Journey, Return, Say, Var

MODULE = Journey("m", (Return(),), {"start": (Return(1),)}, kind="module", parameters=("given",))


def test_a_path_written_down_and_read_back_is_told_word_for_word():
    broken = next(one for one in BROKEN if one.code == "fell_through")
    library = {**ALONE, broken.journey: broken.damage(ALONE[broken.journey])}
    report = check(broken.journey, library, WORLD, TEXTS, locale="ko")
    problems = [problem for problem in report.problems if problem.path]
    assert problems
    for problem in problems:
        written = msgspec.json.encode(problem.path, enc_hook=str)
        path = msgspec.json.decode(written, type=tuple[Stimulus, ...])
        lines = [line for step in replayed(report.journey, path, library, TEXTS, locale="ko") for line in step]
        assert tuple(lines) == problem.transcript


def test_a_module_is_played_by_being_called_and_its_fault_by_coming_back():
    library = {"m": MODULE}
    ((*_, last),) = replayed("m" + CALLED, [Stimulus("start")], {**library}, TEXTS)
    assert "person" in last or "ends" in last
    assert trial_of(MODULE).sections["start"][0] == CallModule("m", {"given": Var("given")})
    assert fault_in("m").text == "m"
    assert len(at_fault(MODULE).frames) == 2
    assert set(staged(["m"], library)) == {"m", "@m"}


def test_a_journey_begins_with_its_parameters_set():
    journey = Journey("j", (End("bye"),), {"start": (Say("hi"),)}, parameters=("name",))
    assert beginning("j", {"j": journey}).frames[0].variables == {"name": "…"}
    assert beginning("j", {"j": journey}, {"name": ""}).frames[0].variables == {"name": ""}
    assert worth_telling({"name": "…", "caller_number": "+821012345678", "strong": False}) == {"strong": False}
