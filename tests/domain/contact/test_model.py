"""Who speaks to the customer."""

from warmline.domain.contact.model import Speaker


def test_the_bot_speaks_until_a_person_has_joined(case):
    case.queued()
    assert case.it.speaker is Speaker.BOT
    case.connected()
    assert case.it.speaker is Speaker.AGENT
