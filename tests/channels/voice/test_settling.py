"""After anything at all: no dead air, a matrix that makes sense, and an end."""

import contextlib
import random

from tests.channels.voice.playbook import MINA, YUKI, Playbook, answered, with_mina

from warmline.channels.voice import actions as a
from warmline.channels.voice import inputs as i
from warmline.channels.voice.settling import due_s
from warmline.domain.contact import events as e
from warmline.domain.contact.events_voice import CallFailed, VoicemailAsked
from warmline.domain.contact.model import DisconnectReason
from warmline.kernel.errors import Refused

STEPS = ("bot", "menu", "queued", "accepted", "up", "gone", "hold", "resume", "key", "speech", "away", "back",
         "left", "join2", "consult", "talk", "drop", "secure", "supervise", "voicemail")  # fmt: skip


def _step(book: Playbook, one: str, dice: random.Random) -> None:
    match one:
        case "bot":
            book.bot("Something.")
        case "menu":
            book.menu()
        case "queued":
            book.queued()
        case "accepted":
            book.accepted(dice.choice((MINA, YUKI)))
        case "up":
            book.joins()
        case "join2":
            book.joins("yuki", YUKI)
        case "gone":
            book.put(i.PartyGone(dice.choice(("mina", "yuki", "boss"))))
        case "hold":
            book.contact(e.CustomerHeld())
        case "resume":
            book.contact(e.CustomerResumed())
        case "key":
            book.put(i.Key(dice.choice("0123456789*#")))
        case "speech":
            book.put(i.Heard("words"))
        case "away":
            book.put(i.DatabaseAway())
        case "back":
            book.put(i.DatabaseBack())
        case "left":
            book.contact(e.AgentLeft(dice.choice((MINA, YUKI)), "transferred"))
        case "consult":
            book.put(i.Consult("shop", "The shop", number="+82212345678"))
            book.put(i.PartyUp("shop"))
        case "talk":
            book.put(i.Talk(dice.choice(("customer", "consulted", "all"))))
        case "drop":
            book.put(i.Drop("shop"))
        case "secure":
            book.put(i.Secure(dice.random() < 0.6, "card"))
        case "supervise":
            book.joins("boss", YUKI, kind="supervisor", mode=dice.choice(("listen", "whisper", "barge")))
        case _:
            book.contact(VoicemailAsked(20))


def test_whatever_happens_no_caller_hears_dead_air_and_every_call_ends():
    for seed in range(400):
        dice = random.Random(seed)
        book = answered(recorded=dice.random() < 0.5)
        for _ in range(40):
            with contextlib.suppress(Refused):  # what people may not do now changes nothing
                _step(book, dice.choice(STEPS), dice)
            book.wait(dice.choice((0.0, 0.3, 1.0, 4.0, 12.0)))
            _expect_consistent(book)
        book.ended()
        book.wait(300)
        assert book.over, f"seed {seed}: the call never ended"
        assert book.longest_silence_s <= 3.0, f"seed {seed}: {book.longest_silence_s} s of dead air"


def _expect_consistent(book: Playbook) -> None:
    """Who is heard exists; nobody hears themselves; the customer never hears who only listens or whispers."""
    parties = book.state.circle.parties
    for ear, mouths in book.hears.items():
        assert ear == "customer" or parties[ear].up
        assert ear not in mouths
        for mouth in mouths:
            assert mouth == "customer" or parties[mouth].up
            quiet = mouth != "customer" and parties[mouth].mode in ("listen", "whisper")
            assert not (ear == "customer" and quiet)
            if not quiet and not (ear != "customer" and parties[ear].mode in ("listen", "whisper")):
                assert ear in book.hears[mouth], "who talks hears the answer"


def test_a_call_that_is_over_waits_for_nothing():
    book = with_mina()
    book.put(i.LineClosed())
    assert due_s(book.state) is None


def test_the_next_utterance_is_prepared_while_one_is_said():
    book = answered()
    book.bot("One.")
    book.bot("Two.")
    book.bot("Three.")
    book.wait(2.1)
    assert a.Prepare("Three.", "en") in book.log


def test_what_is_added_while_something_is_said_is_prepared_too_and_only_once():
    book = answered()
    book.bot("One.")
    book.bot("Two.")
    book.put(i.Tick())
    assert book.log.count(a.Prepare("Two.", "en")) == 1


def test_an_agent_who_gives_up_before_anybody_answers_stops_the_ringing():
    book = Playbook(direction="outbound", phase="dialling")
    book.accepted()
    book.joins()
    assert book.of(a.Dial)
    book.ended("agent", DisconnectReason.AGENT_ENDED)
    assert book.over


def test_an_agent_who_dials_and_never_brings_their_audio_calls_nobody():
    book = Playbook(direction="outbound", phase="dialling")
    book.accepted()
    book.wait(46)
    assert book.over
    assert book.facts(CallFailed) == [CallFailed("failed")]
    assert not book.of(a.Dial)


def test_a_customer_handed_outside_is_not_left_with_music_when_the_outside_hangs_up_before_a_listener_does():
    book = with_mina()
    book.joins("boss", YUKI, kind="supervisor", mode="listen")
    book.put(i.Consult("shop", "The shop", number="+82212345678"))
    book.put(i.PartyUp("shop"))
    book.put(i.Complete())
    book.contact(e.AgentLeft(MINA, "transferred_out"))
    book.ended("agent", DisconnectReason.TRANSFERRED_OUT)
    assert book.hears["customer"] == ("shop",)
    book.put(i.PartyGone("shop", hung_up=True))
    book.wait(3)
    assert book.over


def test_a_customer_handed_outside_is_not_left_with_music_when_the_outside_is_let_go():
    book = with_mina()
    book.put(i.Forward("shop", "+82212345678"))
    book.put(i.PartyUp("shop"))
    book.contact(e.AgentLeft(MINA, "transferred_out"))
    book.ended("agent", DisconnectReason.TRANSFERRED_OUT)
    book.put(i.Drop("shop"))
    book.wait(3)
    assert book.over
