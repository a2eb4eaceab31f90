"""Which ways of customers changed between two documents: the same random customers walk through both.

A sample, and told as one: a branch that none of them entered may still be entered by somebody.
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random

import msgspec
from msgspec import Struct

from warmline.domain.journey.cards import channel_of
from warmline.domain.journey.checker import begun_with
from warmline.domain.journey.checker_replay import CALLED, beginning, trial_of
from warmline.domain.journey.checker_report import SPOKEN, WRITTEN
from warmline.domain.journey.checker_world import HOURS, QUEUE, PromptSource
from warmline.domain.journey.codec import write_journey
from warmline.domain.journey.diff_tree import Match, Row, Tree
from warmline.domain.journey.document import Journey
from warmline.domain.journey.simulate import Answer, Conversation
from warmline.domain.journey.simulate_customers import wander
from warmline.domain.journey.simulate_run import NOW, Scene, Setting, given
from warmline.domain.journey.stage import surroundings_of
from warmline.kernel.locale import LOCALES

MOST_EXAMPLES = 5


class Talk(Struct, frozen=True):
    """A customer whose conversation is another now: how it went, and how it goes."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class Ways(Struct, frozen=True):
    """What `customers` met. Branches are paths in the newer document, those of `lost` in the older one.

    reached: branches of both that nobody entered before and somebody enters now; left: the other way round; new:
    branches that were not there and are entered; unused: those that were not there and nobody enters; lost:
    branches that are gone and were entered. `changed` conversations went another way or said other words.
    """

    customers: int
    changed: int
    reached: tuple[str, ...]
    left: tuple[str, ...]
    new: tuple[str, ...]
    unused: tuple[str, ...]
    lost: tuple[str, ...]
    examples: tuple[Talk, ...]


def ways(
    before: Journey,
    after: Journey,
    library: Mapping[str, Journey],
    texts: PromptSource,
    answers: Mapping[str, Sequence[Answer]],
    count: int,
    seed: int = 1,
    watch: Callable[[], None] | None = None,
) -> Ways:
    """Let `count` random customers walk through both journeys, each with the same luck; the seed decides all.

    `watch` is called before each of them; what it raises comes out here.
    """
    entry, rows = after.id, list[dict[str, object]]()
    if after.kind == "module":  # nobody begins with it, so it is called
        trial = trial_of(after)
        entry, library = trial.id, {**library, trial.id: trial}
        rows = begun_with(after.id, {**library, after.id: after}, texts)
    old, new = {**library, before.id: before}, {**library, after.id: after}
    entered: tuple[set[str], set[str]] = (set(), set())
    changed = 0
    examples: list[Talk] = []
    for number in range(count):
        if watch is not None:
            watch()
        luck = seed * 1_000_003 + number
        talks = [_talk(entry, one, texts, answers, luck, rows) for one in (old, new)]
        for known, talk in zip(entered, talks, strict=True):
            known |= {block for block in talk.entered if block.startswith(f"{after.id}#")}
        if talks[0].lines != talks[1].lines:
            changed += 1
            if len(examples) < MOST_EXAMPLES:
                examples.append(Talk(tuple(talks[0].lines), tuple(talks[1].lines)))
    paths = [{block.partition("#")[2] for block in known} for known in entered]
    trees = Tree(_plain(before)), Tree(_plain(after))
    return _told(trees, paths[0], paths[1], count, changed, examples)


def _plain(journey: Journey) -> dict[str, object]:
    return msgspec.json.decode(write_journey(journey))


def _told(
    trees: tuple[Tree, Tree], was: set[str], now: set[str], count: int, changed: int, examples: list[Talk]
) -> Ways:
    """Tell branches apart by the steps that hold them, wherever these stand now."""
    match = Match(*trees)
    old, new = _branches(trees[0]), _branches(trees[1])
    same: dict[str, str] = {}  # a branch of the newer document: where the older one has it
    for path, row in new.items():
        holder = None if row.holder is None else match.back.get(row.holder)
        if row.holder is None:
            origin = path if path in old else None
        else:
            origin = holder.blocks[row.name].path if holder is not None and row.name in holder.blocks else None
        if origin is not None:
            same[path] = origin
    kept = set(same.values())
    return Ways(
        count, changed,
        reached=tuple(path for path in new if path in now and path in same and same[path] not in was),
        left=tuple(path for path in new if path not in now and path in same and same[path] in was),
        new=tuple(path for path in new if path in now and path not in same),
        unused=tuple(path for path, row in new.items() if path not in now and path not in same and row.nodes),
        lost=tuple(path for path in old if path in was and path not in kept),
        examples=tuple(examples),
    )  # fmt: skip


def _branches(tree: Tree) -> dict[str, Row]:
    """Return every block by its path; the options of a menu are no block of their own."""
    rows = list(tree.sections.values())
    found: dict[str, Row] = {}
    while rows:
        row = rows.pop(0)
        if row.name != "options" or row.holder is None:
            found[row.path] = row
        rows = [*(inner for node in row.nodes for inner in node.blocks.values()), *rows]
    return found


def _talk(
    journey_id: str,
    library: Mapping[str, Journey],
    texts: PromptSource,
    answers: Mapping[str, Sequence[Answer]],
    luck: int,
    rows: Sequence[Mapping[str, object]],
) -> Conversation:
    random = Random(luck)  # noqa: S311 -- a simulation, repeatable on purpose
    channel = channel_of(library[journey_id], random.choice((WRITTEN, WRITTEN, SPOKEN)))
    locale = random.choice(LOCALES)
    connect_after_s = random.choice((5.0, 90.0, None))
    scene = Scene(library, texts, _setting(luck, library, answers))
    begun: dict[str, object] = given(library[journey_id], channel)
    if journey_id.endswith(CALLED):
        row = Random(f"{luck} given").choice(rows)  # noqa: S311 -- as above
        begun = beginning(journey_id, library, row).frames[0].variables
    talk = Conversation(
        journey_id, scene, scene.answer, NOW, locale=locale, channel=channel, connect_after_s=connect_after_s,
        variables=begun,
    )  # fmt: skip
    wander(talk, random, dict(library))
    return talk


def _setting(luck: int, library: Mapping[str, Journey], answers: Mapping[str, Sequence[Answer]]) -> Setting:
    """Return surroundings by name, so that another queue or task changes nothing for the others."""

    def dice(name: str) -> Random:
        return Random(f"{luck} {name}")  # noqa: S311 -- as above

    calendars, queues = surroundings_of(library.values())
    fault = Answer(outcome="failed")
    chosen: dict[str, tuple[Answer, ...]] = {}
    for task, possible in answers.items():
        random = dice(f"task {task}")
        chosen[task] = (fault,) if random.random() < 0.15 or not possible else (random.choice(possible),)
    return Setting(
        hours={name: dice(name).choice(HOURS) if dice("mood").random() < 0.5 else "open" for name in calendars},
        queues={name: dice(name).choice(("staffed", "staffed", *QUEUE)) for name in queues},
        answers=chosen,
    )
