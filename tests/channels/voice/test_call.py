"""Calls in virtual time: self-service by keys and words, waiting, the promise kept while the database is away."""

from uuid import UUID

from tests.channels.voice.playbook import MINA, Playbook, answered, with_mina

from warmline.channels.voice import actions as a
from warmline.channels.voice import inputs as i
from warmline.domain.contact import events as e
from warmline.domain.contact.commands import CustomerEnds, CustomerMessage, CustomerSilent, VoicemailTaken
from warmline.domain.contact.events_voice import (
    CallAnswered,
    CallFailed,
    RecordingEnded,
    RecordingStarted,
    VoicemailAsked,
)

RECORD = UUID(int=77)


def test_a_menu_is_spoken_with_its_choices_and_one_key_chooses():
    book = answered()
    book.bot("Hello.")
    book.menu(channel="webchat")
    book.wait(5)
    assert book.said == ["Hello.", "How can we help? For orders, press 1. For a person, press 2."]
    book.put(i.Key("2"))
    [answer] = [one for one in book.commands if isinstance(one, CustomerMessage)]
    assert (answer.text, answer.value) == ("a person", "agent")


def test_a_key_pressed_into_the_greeting_stops_it_and_answers_the_menu_that_follows():
    book = answered()
    book.bot("A very long greeting.")
    book.menu()
    book.wait(0.5)
    book.put(i.Key("1"))
    assert book.speaking is None
    assert any(isinstance(one, CustomerMessage) and one.value == "order" for one in book.commands)


def test_a_caller_who_says_nothing_for_seven_seconds_is_told_to_the_journey():
    book = answered()
    book.menu()
    book.wait(8.9)
    assert not any(isinstance(one, CustomerSilent) for one in book.commands)
    book.wait(0.2)
    assert CustomerSilent(1) in book.commands


def test_a_number_is_complete_at_its_last_digit_after_a_pause_or_with_the_hash_key():
    for keys, wait_s in (("1234", 0.0), ("12", 3.1), ("12#", 0.0)):
        book = answered()
        book.bot("Your number?", input_kind="digits", digits=e.Digits(2, 4))
        book.wait(2.5)
        for key in keys:
            book.put(i.Key(key))
        book.wait(wait_s)
        texts = [one.text for one in book.commands if isinstance(one, CustomerMessage)]
        assert texts == [keys.rstrip("#")]


def test_star_repeats_what_was_said_and_zero_asks_for_a_person():
    book = answered()
    book.bot("Hello.")
    book.menu("Which?")
    book.wait(6)
    book.put(i.Key("*"))
    book.wait(5)
    assert book.said[2:] == book.said[:2]
    book.put(i.Key("0"))
    assert [one.text for one in book.commands if isinstance(one, CustomerMessage)] == ["0"]


def test_spoken_words_stop_the_question_and_answer_it():
    book = answered()
    book.bot("What is it about?", input_kind="text")
    book.wait(2.5)
    book.put(i.Speaking(True))
    book.wait(8)
    assert book.commands[1:] == []  # somebody is speaking: nobody hurries them
    book.put(i.Speaking(False))
    book.put(i.Heard("my order is late"))
    assert [one.text for one in book.commands if isinstance(one, CustomerMessage)] == ["my order is late"]


def test_who_speaks_into_the_question_is_let_speak():
    book = answered()
    book.state.may_listen = True
    book.bot("What is it about?", input_kind="text")
    assert a.Listen(True, "en") in book.log
    book.wait(0.5)
    book.put(i.Speaking(True))
    assert book.speaking is None
    book.put(i.Speaking(False))
    book.put(i.Heard("my order"))
    assert [one.text for one in book.commands if isinstance(one, CustomerMessage)] == ["my order"]
    assert book.log[-1] == a.Listen(False) or a.Listen(False) in book.log


def test_while_the_journey_thinks_two_seconds_are_silent_and_then_there_is_music():
    book = answered()
    book.wait(1.9)
    assert book.sound is None
    book.wait(0.2)
    assert book.sound == "music"
    book.bot("Here we are.")
    assert book.sound is None
    assert book.speaking


def test_music_follows_what_is_being_said_in_line_and_is_interrupted_by_news_of_the_wait():
    book = answered()
    book.bot("I am connecting you.")
    book.queued()
    assert book.speaking
    book.wait(2.1)
    assert book.sound == "music"
    book.bot("Thank you for waiting.")
    book.wait(2.1)
    assert book.said[-1] == "Thank you for waiting."
    assert book.sound == "music"


def test_the_music_ends_when_the_agent_is_heard_not_when_they_accept():
    book = answered()
    book.queued()
    actions = book.accepted()
    assert a.CallAgent(MINA, "Mina") in actions
    assert book.sound == "music"
    book.joins()
    assert book.sound is None
    assert book.hears == {"customer": ("mina",), "mina": ("customer",)}


def test_hold_gives_music_to_the_caller_and_silence_to_the_agent():
    book = with_mina()
    book.contact(e.CustomerHeld())
    assert (book.sound, book.hears) == ("music", {})
    book.contact(e.CustomerResumed())
    assert (book.sound, book.hears["customer"]) == (None, ("mina",))


def test_what_a_bot_writes_while_two_people_talk_is_not_spoken():
    book = with_mina()
    book.bot("You are still in line.")
    assert book.said == []


def test_everything_is_said_before_the_call_is_hung_up():
    book = answered()
    book.bot("Goodbye.")
    book.ended()
    book.wait(1.5)
    assert not book.over
    book.wait(1)
    assert book.log[-2] == a.HangUp("bot") or a.HangUp("bot") in book.log


def test_a_caller_who_hangs_up_ends_the_contact_once():
    book = with_mina()
    book.put(i.LineClosed())
    assert book.over
    book.put(i.LineClosed())
    assert book.commands.count(CustomerEnds()) == 1


def test_a_chat_goes_on_in_writing_when_its_call_is_hung_up():
    book = Playbook(direction="browser", number=None)
    book.menu(channel="webchat")
    book.put(i.LineOpen())
    book.put(i.LineClosed())
    assert book.over
    assert book.commands.count(CustomerEnds()) == 0


def test_a_caller_who_is_promised_a_call_hears_it_and_their_promise_survives_the_hang_up():
    book = answered()
    book.bot("We will call you back.")
    book.contact(e.CallbackPromised("orders", book.state.since_at, "phone"))
    book.wait(3)
    assert book.over
    assert CustomerEnds() not in book.commands


def test_a_promise_is_heard_although_its_words_come_after_it():
    book = answered()
    book.contact(e.CallbackPromised("orders", book.state.since_at, "phone"))
    assert not book.over
    book.bot("We will call you back.")
    book.wait(1.9)
    assert not book.over
    book.wait(0.1)
    assert book.said == ["We will call you back."]
    assert book.over


def test_a_call_whose_promise_nobody_puts_into_words_ends_all_the_same():
    book = answered()
    book.queued()
    book.contact(e.QueueLeft("orders"))
    book.contact(e.CallbackPromised("orders", book.state.since_at, "phone"))
    book.wait(2.1)
    assert book.over
    assert CustomerEnds() not in book.commands


def test_with_the_database_away_the_caller_hears_music_then_an_apology_and_key_1_keeps_a_promise():
    book = answered()
    book.queued()
    book.put(i.DatabaseAway())
    book.wait(2.9)
    assert book.said == []
    book.wait(0.5)
    assert "press 1" in book.said[-1]
    assert book.of(a.Say)[-1].prompt is None, "a company's own recording would have to be looked up"
    book.put(i.Key("1"))
    assert book.of(a.LeavePromise)
    assert not any("noted" in text for text in book.said), "it is confirmed only once it is on disk"
    book.put(i.Promised())
    book.wait(3)
    assert "noted" in book.said[-1]
    assert book.over
    assert CustomerEnds() not in book.commands


def test_an_outage_does_not_interrupt_two_people_who_talk():
    book = with_mina()
    book.put(i.DatabaseAway())
    book.wait(60)
    assert book.said == []
    assert book.hears["customer"] == ("mina",)


def test_after_the_outage_the_call_goes_on_where_it_was():
    book = answered()
    book.queued()
    book.put(i.DatabaseAway())
    book.wait(10)
    book.put(i.DatabaseBack())
    said = len(book.said)
    book.wait(60)
    assert book.sound == "music"
    assert len(book.said) == said


def test_an_agent_whose_page_reloads_is_missed_in_one_sentence_and_heard_again():
    book = with_mina()
    book.put(i.PartyGone("mina"))
    book.wait(2.1)
    assert "lost for a moment" in book.said[-1]
    assert book.sound == "music"
    book.joins("mina-2")
    assert book.hears["customer"] == ("mina-2",)
    assert not book.over


def test_a_message_is_recorded_after_a_beep_and_ends_with_the_hash_key():
    book = answered()
    book.bot("Please leave a message.")
    book.contact(VoicemailAsked(60))
    book.wait(2.1)
    assert book.sound == "beep"
    assert a.StartRecording("voicemail", ()) in book.log
    book.put(i.RecordingBegan(RECORD))
    book.wait(10)
    book.put(i.Key("#"))
    assert a.StopRecording() in book.log
    book.put(i.Recorded(RECORD, 10.0, voicemail=True))
    assert VoicemailTaken(RECORD, 10.0) in book.commands


def hung_up_after_the_beep() -> Playbook:
    book = answered()
    book.bot("Please leave a message.")
    book.contact(VoicemailAsked(60))
    book.wait(2.1)
    book.put(i.RecordingBegan(RECORD))
    book.put(i.LineClosed())
    return book


def test_who_hangs_up_in_a_message_leaves_once_it_is_known_what_was_said():
    book = hung_up_after_the_beep()
    assert CustomerEnds() not in book.commands, "the journey says first what follows from the message"
    book.put(i.Recorded(RECORD, 10.0, voicemail=True))
    assert book.commands[-1] == VoicemailTaken(RECORD, 10.0, hung_up=True)
    silent = hung_up_after_the_beep()
    silent.put(i.Recorded(RECORD, 0.8, voicemail=True))
    assert silent.commands[-1] == CustomerEnds()


def test_who_hangs_up_where_no_message_can_be_recorded_has_left():
    book = answered()
    book.contact(VoicemailAsked(60))
    book.wait(2.1)
    book.put(i.LineClosed())
    book.put(i.RecordingBegan(None))
    assert book.commands[-1] == CustomerEnds()


def test_an_outbound_call_rings_at_the_agent_and_connects_when_it_is_answered():
    book = Playbook(direction="outbound", phase="dialling")
    book.accepted()
    book.joins()
    assert a.Dial("customer", "+821012345678") in book.log
    assert a.Sounds("mina", "ringback") in book.log
    book.put(i.LineRinging())
    assert book.state.shown["state"] == "ringing"
    book.put(i.LineOpen())
    assert book.hears["mina"] == ("customer",)
    assert a.Sounds("mina", None) in book.log
    assert book.facts(CallAnswered)


def test_an_outbound_call_that_finds_the_line_busy_says_so_and_is_over():
    book = Playbook(direction="outbound", phase="dialling")
    book.accepted()
    book.joins()
    book.put(i.LineFailed("busy", 17))
    assert book.facts(CallFailed) == [CallFailed("busy", 17)]
    assert book.over
    assert book.state.shown["result"] == "busy"


def test_a_recording_is_announced_begins_with_the_talk_and_is_noted_when_it_is_complete():
    book = with_mina(recorded=True)
    assert "recorded" in book.said[0]
    [started] = book.of(a.StartRecording)
    assert started.right == ("mina",)
    book.put(i.RecordingBegan(RECORD))
    assert book.facts(RecordingStarted) == [RecordingStarted(RECORD)]
    book.put(i.LineClosed())
    book.put(i.Recorded(RECORD, 12.0))
    assert book.facts(RecordingEnded) == [RecordingEnded(RECORD, 12.0)]


def _dialled() -> Playbook:
    """A call Mina makes; the other side has just answered."""
    book = Playbook(direction="outbound", phase="dialling")
    book.joins()
    book.put(i.LineOpen())
    return book


def test_the_agent_is_told_that_a_machine_probably_answered_and_the_call_goes_on():
    book = _dialled()
    assert a.Listen(True, "en", (), words=False) in book.log  # no recogniser is needed
    book.put(i.Speaking(True))
    book.wait(5)
    assert [one.machine for one in book.facts(CallAnswered)] == [False, True]
    assert book.state.result == "machine"
    assert book.log[-1] == a.Show(book.state.shown)
    assert book.state.phase == "live"
    assert book.of(a.Listen)[-1] == a.Listen(False, "en")
    book.put(i.LineClosed("customer"))
    assert book.state.shown["result"] == "machine", "and it stays the result when the call is over"


def test_a_person_who_says_hello_and_waits_is_no_machine():
    book = _dialled()
    book.put(i.Speaking(True))
    book.wait(1.2)
    book.put(i.Speaking(False))
    book.wait(8)
    assert [one.machine for one in book.facts(CallAnswered)] == [False]
    assert book.state.result is None
    assert book.state.greeting is None


def test_callers_who_call_us_are_not_taken_for_machines():
    book = with_mina()
    book.put(i.Speaking(True))
    book.wait(10)
    assert [one.machine for one in book.facts(CallAnswered)] == [False]
