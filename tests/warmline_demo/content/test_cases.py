"""What the demo keeps as saved tests passes, and says what its scripts say."""

from collections import Counter

from warmline.domain.journey.case import judged
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.stage import Library
from warmline.features.contacts.settings_store import platform_prompts
from warmline.kernel.locale import LOCALES
from warmline_demo.content.cases import cases
from warmline_demo.content.catalogue import all_demo_prompts, library
from warmline_demo.content.scripts import TESTS


def test_every_scripted_customer_is_a_kept_conversation_that_passes():
    own, platform = all_demo_prompts(), platform_prompts()
    texts = PromptSource({locale: {**platform[locale], **own[locale]} for locale in LOCALES})
    stage = Library(library(), texts, {}, lambda calendar, now: "open")
    kept = cases()
    assert [(one.name, one.journey) for one in kept] == [(one.name, one.journey) for one in TESTS]
    assert {one.name: judged(one, stage).failure for one in kept} == {one.name: None for one in TESTS}


def test_the_journeys_a_newcomer_opens_first_have_tests_in_three_languages():
    kept = cases()
    assert all(one.expect.said for one in kept)
    assert Counter(one.journey for one in kept)["front-desk"] >= 3
    assert {one.scenery.locale for one in kept} == set(LOCALES)
    assert any(deed.press for one in kept for deed in one.deeds), "callers press keys"
