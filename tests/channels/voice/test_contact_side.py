"""What the contact's events do to its call."""

from tests.channels.voice.playbook import MINA, YUKI, answered, with_mina

from warmline.channels.voice import actions as a
from warmline.channels.voice import inputs as i
from warmline.channels.voice.contact_side import question_of
from warmline.domain.contact import events as e
from warmline.domain.contact.model import DisconnectReason


def test_an_agents_written_words_are_spoken_only_where_nothing_else_could_be_read():
    spoken, written = answered(), answered()
    spoken.contact(e.MessageSent("agent", "I look into it.", agent_name="Mina"))
    written.contact(e.MessageSent("agent", "I look into it.", agent_name="Mina"), channel="webchat")
    assert spoken.said == ["I look into it."]
    assert written.said == []


def test_the_companys_own_words_are_kept_rendered_and_those_with_somebodys_data_are_not():
    book = answered()
    book.contact(e.MessageSent("bot", "Good evening.", fixed=True))
    book.contact(e.MessageSent("bot", "Hello, Mr. Kim."))
    book.contact(e.MessageSent("bot", "Which?", quick_replies=(e.QuickReply("a", "Kim"),), input_kind="choice",
        fixed=True), channel="webchat")  # fmt: skip
    said = [book.state.lips.current, *book.state.lips.queue]
    assert [(one.text.split("?")[0], one.lasting) for one in said if one] == [
        ("Good evening.", True), ("Hello, Mr. Kim.", False), ("Which", False),
    ]  # fmt: skip


def test_what_a_customer_writes_in_the_chat_answers_the_question_that_was_asked_aloud():
    book = answered()
    book.menu()
    book.wait(2.1)
    book.contact(e.MessageSent("customer", "orders", client_id="widget-1"))
    assert book.state.asked is None


def test_an_agent_who_leaves_gives_the_caller_back_to_the_music():
    book = with_mina()
    book.contact(e.AgentLeft(MINA, "transferred"))
    assert a.LetGo("mina") in book.log
    assert book.sound == "music"


def test_a_reassigned_contact_lets_the_first_agent_go_when_the_second_joins():
    book = with_mina()
    book.accepted(YUKI, "Yuki")
    assert a.LetGo("mina") in book.log
    assert a.CallAgent(YUKI, "Yuki") in book.log


def test_a_contact_that_goes_outside_lets_its_call_go_on():
    book = with_mina()
    book.put(i.Consult("shop", "Shop", number="+82212345678"))
    book.put(i.PartyUp("shop"))
    book.put(i.Complete())
    book.contact(e.AgentLeft(MINA, "ended"))
    book.ended("agent", DisconnectReason.TRANSFERRED_OUT)
    book.wait(60)
    assert not book.over
    assert book.hears == {"customer": ("shop",), "shop": ("customer",)}
    book.put(i.PartyGone("shop"))
    book.wait(5)
    assert book.over


def test_a_question_without_keys_takes_none():
    asked = question_of(e.MessageSent("bot", "Why?", input_kind="text"), "en", 7)
    assert not asked.takes("1")
    assert asked.asked_seq == 7
