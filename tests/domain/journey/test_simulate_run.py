"""Journey tests: scripts are judged, wanderers find faults, coverage names what nobody tried."""

from msgspec.structs import replace

from warmline.cli_journey import DEFAULT_CONTENT, Content
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import (
    Ask,
    Compare,
    DigitsInput,
    End,
    Enqueue,
    Goto,
    Hours,
    Invoke,
    Journey,
    Menu,
    Option,
    Say,
    Step,
    Var,
    When,
)
from warmline.domain.journey.simulate import Answer
from warmline.domain.journey.simulate_customers import Turn
from warmline.domain.journey.simulate_run import (
    JourneyTest,
    Setting,
    all_blocks,
    run_script,
    run_wanderers,
)
from warmline.kernel.locale import LOCALES

WORDS = {
    "hello": "Hello.", "bye": "Goodbye.", "ask": "Number?", "lost": "It is lost.", "yes": "Yes", "no": "No",
    "common.no_input": "Are you there?", "common.no_match": "Pardon?", "queue.enter": "Queue.",
    "queue.wait": "Wait.", "queue.enter_plain": "Queue.", "queue.wait_plain": "Wait.",
    "queue.wait_position": "Wait.",
    "input.hint.digits": "Digits.", "input.hint.choice": "Choose.", "common.last_resort": "Sorry.",
    "common.words.agent": "agent", "common.one_moment": "Moment.", "common.nothing_before": "Nothing.",
}  # fmt: skip
WORDS |= {"voice.option": "For {label}, press {n}.", "voice.option_last": "For {label}, press {n}."}
WORDS |= {"voice.still_checking": "Still checking."}
WORDS |= {"input.problem.too_long": "Too long.", "input.problem.too_short": "Too short."}
TEXTS = PromptSource({locale: WORDS for locale in LOCALES})
END = (End("bye"),)
AGENT = (Goto("agent"),)
FIND = Invoke("find", into="o", failed=AGENT, result=("status",), retries=0)
LOST = When(Compare(Var("o.status"), "==", "lost"), then=(End("lost"),), otherwise=AGENT)
ASK = Ask("n", "ask", DigitsInput(4, 4), give_up=AGENT)


def _library(*start: Step) -> dict[str, Journey]:
    sections = {"start": start, "agent": (Enqueue("orders", END, END, END),)}
    return {"j": Journey(id="j", on_error=AGENT, sections=sections)}


GOOD = _library(Hours("seoul", closed=END), ASK, FIND, LOST)


def _script(**changed: object) -> JourneyTest:
    setting = Setting(answers={"find": (Answer(result={"status": "lost"}),)})
    told = JourneyTest("lost", "j", turns=(Turn(say="1234"),), ends="contained", setting=setting)
    return replace(told, **changed)


def test_a_script_that_comes_out_as_written_passes():
    outcome, entered = run_script(_script(says=("Number?", "It is lost.")), GOOD, TEXTS)
    assert outcome.why == ""
    assert {"j#start", "j#start/3/then"} <= entered


def test_a_script_that_ends_otherwise_says_how():
    outcome, _ = run_script(_script(ends="person"), GOOD, TEXTS)
    assert outcome.why == "it ended with contained, not person"


def test_a_text_that_was_never_said_fails_the_script():
    outcome, _ = run_script(_script(says=("It is lost.", "Number?")), GOOD, TEXTS)
    assert "'Number?' was not said" in outcome.why


def test_surroundings_of_a_script_are_as_told():
    outcome, _ = run_script(_script(setting=Setting(hours={"seoul": "holiday"}), says=("Goodbye.",)), GOOD, TEXTS)
    assert outcome.why == ""


def test_a_journey_whose_error_path_runs_fails_every_test():
    bad = _library(When(Compare(Var("missing"), "==", 1), then=END), End("bye"))
    outcome, _ = run_script(_script(turns=()), bad, TEXTS)
    assert "on_error ran" in outcome.why


def test_wanderers_repeat_exactly_and_cover_every_branch():
    answers = {"find": [Answer(result={"status": "lost"}), Answer(result={"status": "sent"})]}
    one = run_wanderers("j", GOOD, TEXTS, answers, 300, seed=7)
    two = run_wanderers("j", GOOD, TEXTS, answers, 300, seed=7)
    assert one.ends == two.ends
    assert one.failures == []
    assert "stuck" not in one.ends
    assert all_blocks(GOOD.values()) - one.entered == set()


def test_wanderers_find_the_branch_that_falls_through():
    menu = Menu("ask", (Option("a", "yes", then=END), Option("b", "no", then=(Say("hello"),))), give_up=AGENT)
    tally = run_wanderers("j", _library(menu), TEXTS, {}, 100, seed=1)
    assert tally.failures
    assert tally.failures[0].why == "fell_through"
    assert any("Bot: Hello." in line for line in tally.failures[0].lines)


def test_coverage_counts_every_block_but_on_error():
    blocks = all_blocks(_library(LOST).values())
    assert "j#start/0/otherwise" in blocks
    assert "j#agent/0/overflow" in blocks
    assert not any("@on_error" in block for block in blocks)


def test_callers_of_the_shipped_telephone_front_all_come_to_an_end():
    content = Content(DEFAULT_CONTENT)
    texts = PromptSource(content.prompts)
    tally = run_wanderers("phone", content.library, texts, content.answers, 60, 11, "voice")
    assert tally.callers == tally.conversations == 60
    assert tally.failures == []
    assert {"contained", "person", "callback_promised", "left"} <= set(tally.ends)
