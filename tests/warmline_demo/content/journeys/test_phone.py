"""The telephone's front desk."""

from warmline.domain.journey.document import Menu, TransferJourney, Voicemail
from warmline.domain.journey.keys import MOST_OPTIONS
from warmline.domain.journey.walk import steps_of
from warmline_demo.content.catalogue import library
from warmline_demo.content.journeys.phone import PHONE


def test_every_choice_of_the_telephone_has_a_key():
    menus = [step for step in steps_of(PHONE) if isinstance(step, Menu)]
    assert [len(menu.options) for menu in menus] == [3, 6]
    assert all(len(menu.options) <= MOST_OPTIONS for menu in menus)


def test_the_telephone_leads_to_journeys_there_are():
    targets = {step.journey for step in steps_of(PHONE) if isinstance(step, TransferJourney)}
    assert targets == {"order-status", "refund", "store-hours"}
    assert targets <= set(library())


def test_nobody_who_finds_nobody_is_sent_away_without_leaving_a_message():
    assert any(isinstance(step, Voicemail) for step in steps_of(PHONE))
    assert PHONE.parameters == ("caller_number",)
