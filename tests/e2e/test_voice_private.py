"""What is kept of a call and what is not: both sides in a recording by their time, and numbers nobody may hear."""

import json
from typing import Any

import numpy as np
import pytest
from tests.e2e.voice_house import PHONE_EXTENSION, RECORDED, VoiceHouse
from tests.e2e.voice_people import DeskAgent, Person, Town, until

from media.tones import DTMF_HIGH, DTMF_KEYS, DTMF_LOW, dtmf, level_db, loudness_db
from warmline.media.recording_reader import RecordingReader

CALLER_HZ, AGENT_HZ = 440.0, 1000.0
RATE, STEP = 8000, 800  # a recording is looked at in pieces of 100 ms
CARD = "5555341244441115"
SECRETS = (CARD, CARD[:8], CARD[8:])
KEY_DB = -40.0  # either tone of a key, where keys are sent at -19 dB


def stereo(opened: Any) -> np.ndarray[Any, Any]:
    with RecordingReader(opened.path, opened.key) as reader:
        assert reader.complete
        return np.concatenate(list(reader.pcm()))


def pieces(channel: np.ndarray[Any, Any]) -> list[np.ndarray[Any, Any]]:
    return [channel[at : at + STEP] for at in range(0, len(channel) - STEP + 1, STEP)]


def sounds_at(channel: np.ndarray[Any, Any], hz: float) -> list[bool]:
    """Where a tone sounds, for every 100 ms."""
    return [level_db(piece, hz) > -25 for piece in pieces(channel)]


def only_tone(channel: np.ndarray[Any, Any], hz: float) -> list[bool]:
    """Where a tone is nearly all there is, for every 100 ms: voices and music have some of every tone."""
    return [
        level_db(piece, hz) > -25 and 10 ** (level_db(piece, hz) / 10) / 2 > 0.6 * 10 ** (loudness_db(piece) / 10)
        for piece in pieces(channel)
    ]


def keys_heard(samples: np.ndarray[Any, Any]) -> int:
    """In how many pieces of 20 ms, one every 10 ms, two tones of a key are nearly all there is."""
    found = 0
    for at in range(0, len(samples) - 160, 80):
        window = samples[at : at + 160]
        if loudness_db(window) < -50:
            continue
        low = max(level_db(window, hz) for hz in DTMF_LOW)
        high = max(level_db(window, hz) for hz in DTMF_HIGH)
        both = (10 ** (low / 10) + 10 ** (high / 10)) / 2
        found += min(low, high) > KEY_DB and both > 0.6 * 10 ** (loudness_db(window) / 10)
    return found


def test_the_detector_of_these_tests_hears_every_key_and_no_voice_of_theirs():
    for row in DTMF_KEYS:
        for key in row:
            assert keys_heard(dtmf(key)) > 3, key
    second = np.arange(RATE) / RATE
    for hz in (CALLER_HZ, AGENT_HZ):
        assert keys_heard((8000 * np.sin(2 * np.pi * hz * second)).astype(np.int16)) == 0


async def test_a_recording_has_the_customer_left_the_agent_right_and_a_gap_where_it_was_paused(
    house: VoiceHouse, town: Town, agent: DeskAgent
):
    caller = await town.calls(RECORDED, hz=CALLER_HZ)
    await caller.hears_sound()  # that the call is recorded
    contact = await agent.accepts()
    phone = await town.picks_up(PHONE_EXTENSION, hz=AGENT_HZ)
    await caller.hears(AGENT_HZ)
    await phone.hears(CALLER_HZ)
    await agent.call_is(contact, lambda call: call["recording"]["state"] == "on", "it is recorded")
    await caller.peer.more(75)
    await agent.does("call_record", contact=contact, on=False)
    await agent.call_is(contact, lambda call: call["recording"]["state"] == "paused", "it is paused")
    await caller.peer.more(100)
    await phone.hears(CALLER_HZ)  # a pause of the recording is none of the talk
    await agent.does("call_record", contact=contact, on=True)
    await agent.call_is(contact, lambda call: call["recording"]["state"] == "on", "it goes on")
    await caller.peer.more(125)
    await agent.finishes(contact)
    await caller.until_ended()

    opened = await house.recording_of(contact)
    both = stereo(opened)
    left, right = both[:, 0], both[:, 1]
    assert not any(sounds_at(left, AGENT_HZ))
    # Before the agent is there the right channel holds what the system says and plays, which has tones of its own.
    alone = only_tone(right, AGENT_HZ)
    there = next(at for at in range(len(alone)) if all(alone[at : at + 3]))
    mixed = [at for at, sounds in enumerate(sounds_at(right, CALLER_HZ)) if sounds and at >= there]
    assert mixed == [], f"the customer is heard on the right at these tenths of a second, the agent from {there}"
    told = {one["kind"]: one["seconds"] for one in await agent.history(contact) if "seconds" in one}
    paused, resumed, ended = told["recording_paused"], told["recording_resumed"], told["recording_ended"]
    assert len(both) / RATE == pytest.approx(ended, abs=0.2)
    for channel, hz in ((left, CALLER_HZ), (right, AGENT_HZ)):
        here = sounds_at(channel, hz)
        silent = [at for at, sounds in enumerate(here) if not sounds]
        gap = [at for at in silent if paused - 0.5 <= at / 10 <= resumed + 0.5]
        assert len(gap) / 10 == pytest.approx(resumed - paused, abs=0.5)
        assert all(loudness_db(pieces(channel)[at]) < -60 for at in gap[2:-2])
        before, after = here[: int(paused * 10) - 5], here[int(resumed * 10) + 5 : int(ended * 10) - 5]
        assert sum(before) >= 8, "what was said before the pause is there"
        assert len(after) >= 8
        assert all(after), "what was said after it is where it was said"


def type_in(caller: Person, keys: str, how: str) -> None:
    """Press keys as telephones do: as events, or as the tones themselves."""
    caller.peer.say()
    if how == "events":
        caller.press(*keys)
        return
    pause = np.zeros(RATE // 10, np.int16)
    sequence = [part for key in keys for part in (dtmf(key), pause)]
    caller.peer.speak(np.concatenate([*sequence, np.zeros(60 * RATE, np.int16)]))


@pytest.mark.parametrize("how", ["events", "tones"])
async def test_a_card_number_is_typed_and_nobody_and_nothing_has_heard_it(
    house: VoiceHouse, town: Town, agent: DeskAgent, how: str
):
    caller = await town.calls(RECORDED, hz=CALLER_HZ, telephone_events=how == "events")
    contact = await agent.accepts()
    phone = await town.picks_up(PHONE_EXTENSION, hz=AGENT_HZ)
    await caller.hears(AGENT_HZ)
    await phone.hears(CALLER_HZ)
    await agent.call_is(contact, lambda call: call["recording"]["state"] == "on", "it is recorded")
    await caller.peer.more(50)

    await agent.does("call_secure", contact=contact, on=True, what="card", length={"least": 16, "most": 16})
    await agent.call_is(contact, lambda call: call["secure"] is not None, "the card is asked for")
    await agent.call_is(contact, lambda call: call["recording"]["state"] == "paused", "nothing is recorded")
    type_in(caller, CARD, how)
    await agent.call_is(contact, lambda call: call["secure"]["digits"] == len(CARD), "all of it came")
    await until(lambda: not phone.peer.hears_now(CALLER_HZ), "the agent did not hear the customer")
    caller.peer.say(CALLER_HZ)
    await phone.hears(CALLER_HZ)  # they hear each other again
    await caller.hears(AGENT_HZ)
    await agent.call_is(contact, lambda call: call["recording"]["state"] == "on", "it is recorded again")
    await caller.peer.more(50)
    await agent.finishes(contact)
    await caller.until_ended()

    assert phone.peer.digits() == ""
    assert keys_heard(phone.peer.heard()) == 0
    both = stereo(await house.recording_of(contact))
    assert any(sounds_at(both[:, 0], CALLER_HZ))
    assert keys_heard(both[:, 0]) == 0
    assert keys_heard(both[:, 1]) == 0
    events = await agent.history(contact)
    ended = [one for one in events if one["kind"] == "secure_input_ended"]
    assert [one["digits"] for one in ended] == [16]
    rows = await house.rows("SELECT row_to_json(c)::text AS text FROM contact c WHERE id = $1", contact)
    seen = {
        "events": json.dumps(events),
        "desk": json.dumps(list(agent.frames), default=str),
        "logs": house.whole_logs(),
        "row": "".join(row["text"] for row in rows),
    }
    assert all(text for text in seen.values()), "there is something to look at"
    found = [(where, one) for where, text in seen.items() for one in SECRETS if one in text]
    assert found == []
