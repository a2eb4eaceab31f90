"""A customer with a telephone of another make, baresip, calls the whole house over TLS with encrypted audio."""

import asyncio
import socket
import subprocess
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from tests.e2e.voice_house import MENU, PHONE, PHONE_EXTENSION, VoiceHouse
from tests.e2e.voice_people import DeskAgent, Town, until
from tests.free_ports import free_port
from tests.voice.conftest import tool

from media.tones import level_db, loudness_db, tone

CALLER_HZ, AGENT_HZ = 440.0, 1000.0
MODULES = ("g711", "aufile", "aubridge", "sndfile", "srtp", "cons")  # the fourth writes down what is heard
WAV_HEADER = 44


class Baresip:
    """A running baresip: it sings one tone and writes down what it hears."""

    def __init__(self, folder: Path, console: int) -> None:
        self._folder = folder
        self._console = console

    @property
    def log(self) -> str:
        """What it told, without the line that counts the seconds."""
        told = (self._folder / "log").read_text(errors="replace")
        return "\n".join(one for one in told.splitlines() if "(bit/s)" not in one and "/dial" not in one)

    def heard(self, ms: int = 400) -> np.ndarray:
        """What was written down last."""
        path = next(self._folder.glob("dump-*-dec.wav"), None)
        data = path.read_bytes()[WAV_HEADER:] if path is not None else b""
        return np.frombuffer(data[: len(data) // 2 * 2], np.int16)[-8 * ms :]

    def presses(self, key: str) -> None:
        """Press a key on its console; it is sent while the call runs."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as keyboard:
            keyboard.sendto(key.encode(), ("127.0.0.1", self._console))


@asynccontextmanager
async def baresip(folder: Path, url: str, media: str) -> AsyncIterator[Baresip]:
    """A telephone without registration that calls `url` as soon as it is on."""
    console = free_port()
    lines = (
        f"cons_listen 127.0.0.1:{console}", f"sip_listen 127.0.0.1:{free_port()}", "net_interface 127.0.0.1",
        "module_path /usr/lib/baresip/modules", "sip_verify_server no", f"audio_source aufile,{folder}/said.wav",
        "audio_player aubridge,nowhere", f"snd_path {folder}", *(f"module {one}.so" for one in MODULES),
        "module_app account.so", "module_app menu.so", "",
    )  # fmt: skip
    (folder / "config").write_text("\n".join(lines))
    (folder / "accounts").write_text(f"<sip:+8225550123@127.0.0.1>;regint=0;mediaenc={media}\n")
    (folder / "contacts").write_text("")
    with wave.open(str(folder / "said.wav"), "wb") as said:
        said.setnchannels(1)
        said.setsampwidth(2)
        said.setframerate(8000)
        said.writeframes(tone(CALLER_HZ, ms=60_000).tobytes())
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            tool("baresip"), "-f", str(folder), "-4", "-e", f"/dial {url}",
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield Baresip(folder, console)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def test_over_tls_with_encrypted_audio_a_key_stops_the_prompt_and_caller_and_agent_hear_each_other(
    house: VoiceHouse, town: Town, tmp_path: Path
):
    agent = await DeskAgent.open(house, PHONE)
    await agent.is_there()
    url = f"sip:{MENU}@127.0.0.1:{house.sips_port};transport=tls"
    async with baresip(tmp_path, url, "srtp-mand") as phone:
        try:
            await until(lambda: loudness_db(phone.heard()) > -40, "the prompt is heard")
            phone.presses("1")
            contact = await agent.accepts()
            desk = await town.picks_up(PHONE_EXTENSION, hz=AGENT_HZ)
            await desk.hears(CALLER_HZ)
            await until(lambda: level_db(phone.heard(), AGENT_HZ) > -25, "the agent is heard")
        except AssertionError:
            pytest.fail(f"{phone.log[-3000:]}\n{house.logs()}")
        await agent.orders(contact, "hold")
        await desk.peer.hears_silence()
        await until(lambda: level_db(phone.heard(), AGENT_HZ) < -40, "music instead of the agent")
        await agent.orders(contact, "resume")
        await until(lambda: level_db(phone.heard(), AGENT_HZ) > -25, "the agent is back")
        assert "srtp" in phone.log.lower()
        await agent.finishes(contact)
        await desk.until_ended()
        said = [one["text"] for one in await agent.history(contact) if one.get("author") == "customer"]
        assert said == ["a person"]
    await agent.goes_home()


async def test_a_telephone_that_insists_on_encryption_gets_no_call_without_it_and_one_that_offers_none_gets_one(
    house: VoiceHouse, town: Town, tmp_path: Path
):
    url = f"sip:{MENU}@127.0.0.1:{house.sips_port};transport=tls"
    for media, encrypted in (("srtp-mand", True), ("", False)):
        folder = tmp_path / (media or "plain")
        folder.mkdir()
        before = await house.contacts()
        async with baresip(folder, url, media) as phone:
            await until(lambda: loudness_db(phone.heard()) > -40, f"the prompt is heard over {media or 'plain'}")
            contact = await house.newest_contact(before)
            assert contact is not None
            assert ("a=crypto" in phone.log or "SRTP is Enabled" in phone.log) is encrypted, phone.log
