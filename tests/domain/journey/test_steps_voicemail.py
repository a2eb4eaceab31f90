"""Leaving a message."""

from collections.abc import Callable
from typing import Any

import pytest

from warmline.domain.journey.document import End, Journey, Voicemail
from warmline.domain.journey.interface import TakeVoicemail, VoicemailDone

Talk = Callable[..., Any]
MAILBOX = Journey(
    "v",
    (End("sorry"),),
    {"start": (Voicemail("leave", done=(End("kept", "message_taken"),), give_up=(End("bye"),)),)},
)


@pytest.mark.parametrize(("recorded", "said"), [(True, "[kept]"), (False, "[bye]")])
def test_a_caller_speaks_after_the_beep(talk: Talk, recorded: bool, said: str) -> None:
    caller = talk(MAILBOX, channel="voice")
    assert caller.start() == ["[leave]"]
    assert caller.commands(TakeVoicemail) == [TakeVoicemail(120)]
    assert caller.event(VoicemailDone(recorded)) == [said]
    assert caller.ended


def test_keys_and_words_during_a_message_belong_to_it(talk: Talk) -> None:
    caller = talk(MAILBOX, channel="voice")
    caller.start()
    assert caller.say("상담원") == []
    assert caller.say("0") == []
    assert caller.waiting.kind == "voicemail"


def test_a_recording_that_never_comes_back_leaves_nobody_hanging(talk: Talk) -> None:
    caller = talk(MAILBOX, channel="voice")
    caller.start()
    assert caller.silence("journey.voicemail") == ["[bye]"]


def test_in_writing_the_message_is_text(talk: Talk) -> None:
    customer = talk(MAILBOX)
    assert customer.start() == ["[leave]"]
    assert customer.commands(TakeVoicemail) == []
    assert customer.say("Please call my office.") == ["[kept]"]


def test_who_writes_nothing_is_asked_once_more_and_let_go(talk: Talk) -> None:
    customer = talk(MAILBOX)
    customer.start()
    assert customer.silence()
    assert customer.silence() == ["[bye]"]
