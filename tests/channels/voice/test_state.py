"""What a call remembers, changed in one place."""

from uuid import UUID

from tests.channels.voice.playbook import answered

from warmline.channels.voice import actions as a
from warmline.channels.voice.circle import Party
from warmline.channels.voice.words import word
from warmline.domain.contact.events_voice import PartyJoined, PartyLeft


def test_a_party_is_on_the_record_from_its_first_sound_to_its_end():
    call = answered().state
    call.out = []
    party = Party("shop", "number", "consulted", "The shop", mode="consult")
    call.add_party(party)
    call.welcome(party)
    call.part(party)
    facts = [one.command.fact for one in call.out if isinstance(one, a.Do)]  # pyright: ignore
    assert facts == [
        PartyJoined("shop", "number", "The shop", "consult"), PartyLeft("shop", "number", "The shop", "consult"),
    ]  # fmt: skip
    assert a.LetGo("shop") in call.out


def test_a_party_that_never_came_leaves_no_trace():
    call = answered().state
    call.out = []
    party = Party("ask", "agent", "consulted", "Yuki", UUID(int=2), rings=True)
    call.add_party(party)
    call.circle.talk = "consulted"
    call.part(party, close=False)
    assert call.out == []
    assert call.circle.talk == "customer"


def test_a_sentence_of_its_own_is_said_in_the_callers_language():
    call = answered().state
    call.locale = "ja"
    call.say_own("voice.lost")
    assert call.lips.queue[-1].text.startswith("申し訳ございません")


def test_a_company_that_wrote_its_own_sentence_is_heard_with_it_in_the_languages_it_wrote():
    call = answered().state
    own = {("voice.recorded", "en"): "Just so you know, we record."}
    call.own_words = lambda key, locale: own.get((key, locale))
    call.locale = "en"
    call.lips.hush()
    call.say_own("voice.recorded")
    call.locale = "ko"
    call.say_own("voice.recorded")
    first, second = call.lips.queue
    assert (first.text, first.prompt) == ("Just so you know, we record.", "voice.recorded")
    assert second.text == word("voice.recorded", "ko")
