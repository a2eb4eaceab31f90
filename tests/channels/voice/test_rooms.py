"""Names of legs and sounds shared by calls."""

from pathlib import Path
from uuid import UUID

from tests.channels.voice.conftest import Exchange

from warmline.channels.voice.rooms import CHIME, leg_of, party_of
from warmline.ports.media import PlayFile


def test_a_leg_names_its_call_and_its_party():
    assert party_of(leg_of(UUID(int=5), "c-12")) == "c-12"
    assert leg_of(UUID(int=5), "customer") != leg_of(UUID(int=6), "customer")


async def test_without_a_file_of_music_there_is_a_chime(exchange: Exchange):
    assert exchange.rooms.music_items() == CHIME
    exchange.rooms.music = Path("/music.wav")
    assert exchange.rooms.music_items() == (PlayFile("/music.wav"),)
