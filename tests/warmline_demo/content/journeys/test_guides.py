"""The shop's guides: proved on every path, in three languages, and walked as its agents walk them."""

from importlib.resources import files

import pytest

from warmline.domain.journey.cards import GUIDE
from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.checker_world import NOW, PromptSource
from warmline.domain.journey.document import Journey
from warmline.domain.journey.interface import Finished, Said, Started
from warmline.domain.journey.machine import advance, begin
from warmline.domain.journey.prompts import parse_catalogue
from warmline.domain.journey.simulate_run import Scene, Setting
from warmline.kernel.locale import LOCALES, Locale
from warmline_demo.content import library as demo
from warmline_demo.content.catalogue import GUIDES

LIBRARY = {guide.id: guide for guide in GUIDES}
TEXTS: dict[Locale, dict[str, str]] = {
    locale: {
        **parse_catalogue((files("warmline") / "prompts" / f"{locale}.toml").read_text(encoding="utf-8")),
        **demo.PROMPTS[locale],
    }
    for locale in LOCALES
}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.id)
def test_every_path_of_a_guide_ends_explained(guide: Journey) -> None:
    report = check(guide.id, LIBRARY, World(frozenset(), frozenset(), demo.TASKS), TEXTS)
    assert report.ok, "\n".join(report.lines())
    assert report.complete


@pytest.mark.parametrize("locale", LOCALES)
def test_a_complaint_that_is_accepted_is_settled_in_every_language(locale: Locale) -> None:
    scene = Scene(LIBRARY, PromptSource(TEXTS), Setting())
    session = begin("guide-complaint", 1, locale)
    said: list[Finished] = []
    for event in (
        Started(),
        Said("", "next"),
        Said("", "next", {"about": "delivery", "words": "the parcel was wet"}),
        Said("", "accepted"),
        Said("", "next"),
    ):
        step = advance(session, event, scene, NOW, channel=GUIDE)
        assert not step.problems
        session = step.session
        said += [command for command in step.commands if isinstance(command, Finished)]
    assert said == [Finished("contained")]
