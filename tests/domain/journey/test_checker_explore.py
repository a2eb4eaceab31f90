"""The walk visits every situation once, and knows silence that never ends."""

from collections.abc import Callable
from random import Random

import pytest

from warmline.domain.journey.checker import reachable, walked
from warmline.domain.journey.checker_explore import Walk
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.checker_values import Decisive
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import (
    Announce,
    Ask,
    Block,
    CallModule,
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
    Return,
    Say,
    Set,
    Step,
    Var,
    Verify,
    When,
)
from warmline.domain.journey.machine import begin
from warmline.features.contacts.settings_store import platform_prompts
from warmline.kernel.locale import LOCALES
from warmline_demo.content import library as demo

WORDS = {"ask": "?", "bye": ".", "common.no_match": "?", "common.no_input": "?", "input.hint.digits": "2"}
TEXTS = PromptSource({locale: WORDS for locale in LOCALES})


def _walk(*start: Step) -> Walk:
    journey = Journey(id="j", on_error=(End("bye"),), sections={"start": start, "agent": (End("bye"),)})
    walk = Walk({"j": journey}, TEXTS, "webchat", "agent", Decisive([journey]))
    walk.explore(begin("j", 1, "en"), Stimulus("start"))
    return walk


def _ask(give_up: Block) -> Ask:
    return Ask("n", "ask", DigitsInput(2, 2), give_up=give_up, attempts=2)


def test_the_same_situation_reached_twice_is_one_state():
    walk = _walk(_ask((End("bye"),)), _ask((End("bye"),)), End("bye"))
    assert walk.findings == []
    assert walk.states <= 8
    assert walk.transitions > walk.states
    assert walk.complete


def test_silence_that_leads_back_to_itself_is_found():
    assert _walk(_ask((Goto("start"),)), End("bye")).endless_silence() is not None
    assert _walk(_ask((End("bye"),)), End("bye")).endless_silence() is None


def _told(
    library: dict[str, Journey], journey_id: str, texts: PromptSource, channel: str = "webchat", *, plain: bool
) -> dict[str, object]:
    """What a walk finds: all blocks entered, all that is wrong and where, and whether silence may last."""
    _, walk = walked(journey_id, reachable(journey_id, library), library, texts, channel, plain=plain)
    assert walk.complete
    return {
        "entered": walk.entered,
        "wrong": {
            # A loop is as much in one of its sections as in another.
            (f.cause.code, *((f.journey, f.section, str(f.cause.details)) if f.cause.code != "runaway" else ()))
            for f in walk.findings
        },
        "endless": walk.endless_silence() is not None,
    }


@pytest.mark.parametrize("journey_id", [j.id for j in demo.JOURNEYS if j.kind != "module"])
def test_no_path_of_the_shipped_journeys_is_lost_by_walking_faster(journey_id: str):
    front: Block = (When(Compare(Var("greeted"), "is_set"), then=()), End("more.goodbye"))
    library = {journey.id: journey for journey in demo.JOURNEYS}
    # Each by itself: walked plainly, all of them together take minutes.
    library["front-desk"] = Journey(id="front-desk", on_error=front, sections={"start": front, "agent": front})
    if journey_id == "front-desk":
        alone = {one: library["front-desk"] for one in library if one != "after-contact"}
        library = {**alone, "front-desk": next(j for j in demo.JOURNEYS if j.id == "front-desk")}
    texts = PromptSource({loc: {**platform_prompts()[loc], **demo.PROMPTS[loc]} for loc in LOCALES})
    plain, fast = (_told(library, journey_id, texts, plain=plain) for plain in (True, False))
    assert fast == plain


def _random_journeys(seed: int) -> dict[str, Journey]:
    """Journeys that hold together on paper, of steps that fork, wait, loop and call; many are broken."""
    random = Random(seed)
    sections = ("start", "agent", "b", "c")

    def block(depth: int, *, module: bool) -> Block:
        steps = [step(depth, module=module) for _ in range(random.randint(0, 2))]
        ends: list[Step] = [End("bye"), Goto(random.choice(sections)), Return(1) if module else Goto("agent")]
        return (*steps, random.choice(ends)) if random.random() < 0.85 else tuple(steps)

    def step(depth: int, *, module: bool) -> Step:
        def inner() -> Block:
            return block(depth - 1, module=module) if depth else (Goto(random.choice(sections)),)

        plain: list[Step] = [Say("ask"), Set("x", random.choice([1, 2, ""])), Say("told_x"), Announce("emergency")]
        forking: list[Callable[[], Step]] = [
            lambda: Hours("h", inner(), open=inner()),
            lambda: When(Compare(Var("x"), "==", random.choice([1, 2])), inner(), inner()),
            lambda: Ask("x", "ask", DigitsInput(1, 1), inner(), attempts=random.randint(1, 2)),
            lambda: Menu("ask", (Option("a", "ask", then=inner()), Option("z", "bye")), inner(), attempts=1),
            lambda: Enqueue("q", inner(), inner(), inner(), callback_after_s=9, callback=inner()),
            lambda: Invoke("t", "x", inner(), result=("v",), retries=random.randint(0, 1), slow_prompt="ask"),
            lambda: Verify(random.choice(["one_time_code", "account_pin"]), "a", inner(), inner(), attempts=2),
            lambda: CallModule("m", {"x": 1}, into="x"),
        ]
        return random.choice(plain) if random.random() < 0.35 else random.choice(forking)()

    def journey(journey_id: str, *, module: bool) -> Journey:
        return Journey(
            id=journey_id,
            kind="module" if module else "journey",
            parameters=("x",) if module else (),
            on_error=random.choice([(End("bye"),), (Goto("agent"),)]),
            sections={name: block(1 if module else 2, module=module) for name in sections},
        )

    return {"j": journey("j", module=False), "m": journey("m", module=True)}


RANDOM_TEXTS = PromptSource(
    {loc: {**platform_prompts()[loc], "ask": "?", "bye": ".", "told_x": "{x}"} for loc in LOCALES}
)


@pytest.mark.parametrize("channel", ["webchat", "voice"])
@pytest.mark.parametrize("seed", sorted({*range(60)} - {24}))  # 24 is too large to be walked plainly
def test_no_path_of_journeys_made_up_at_random_is_lost_by_walking_faster(seed: int, channel: str):
    library = _random_journeys(seed)
    plain, fast = (_told(library, "j", RANDOM_TEXTS, channel, plain=plain) for plain in (True, False))
    assert fast == plain
