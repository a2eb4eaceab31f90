"""The front desk offers every matter by tap and by words of each language."""

from warmline.domain.journey.document import Menu
from warmline.kernel.locale import LOCALES
from warmline_demo.content.catalogue import demo_prompts
from warmline_demo.content.journeys.front_desk import FRONT_DESK


def test_every_matter_can_be_named_in_words_of_every_language():
    menu = FRONT_DESK.sections["menu"][0]
    assert isinstance(menu, Menu)
    assert [option.value for option in menu.options] == [
        "order",
        "refund",
        "password",
        "stores",
        "returns",
        "callback",
        "person",
    ]
    for option in menu.options:
        for locale in LOCALES:
            assert option.words is not None
            assert len(demo_prompts(locale)[option.words].split(",")) >= 3
