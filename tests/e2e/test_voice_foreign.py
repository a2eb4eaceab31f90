"""Strangers and a foreign stack at the running house: aiosipua calls and is called; scanners learn nothing."""

import asyncio
import socket

import numpy as np
from aiosipua import CallSession, SipUAC, SipUAS, UdpSipTransport, build_sdp
from aiosipua.incoming_call import IncomingCall
from tests.e2e.voice_house import MENU, PHONE, PHONE_EXTENSION, VoiceHouse
from tests.e2e.voice_people import DeskAgent, Town, until
from tests.free_ports import free_port
from tests.sip.playbook import OFFER, request
from tests.voice.conftest import run, tool

from media.tones import level_db, loudness_db, tone
from warmline.kernel.tasks import TaskRegistry

CALLER_HZ, AGENT_HZ = 440.0, 1000.0
STRANGER = "127.0.0.66"  # no line of the company has this address


class Foreigner:
    """A telephone made of aiosipua and aiortp: it sings, hears, and presses keys."""

    def __init__(self, house: VoiceHouse) -> None:
        self._house = ("127.0.0.1", house.sip_port)
        self._transport = UdpSipTransport(local_addr=("127.0.0.1", free_port()))
        self._uac = SipUAC(self._transport)
        self._uas = SipUAS(self._transport, uac=self._uac)
        self.audio: CallSession | None = None
        self._heard: list[np.ndarray] = []
        self.ended = asyncio.Event()
        self._uas.on_bye = self._bye
        self._failures: list[BaseException] = []
        self._tasks = TaskRegistry(lambda name, failure: self._failures.append(failure))

    async def __aenter__(self) -> "Foreigner":
        await self._uas.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._tasks.close()
        if self.audio is not None:
            await self.audio.close()
        await self._uas.stop()
        assert not self._failures, self._failures

    def _bye(self, call: IncomingCall, *_: object) -> None:
        self.ended.set()

    async def calls(self, number: str) -> None:
        port = free_port()
        offer = build_sdp(local_ip="127.0.0.1", rtp_port=port, payload_type=0, codec_name="PCMU")
        host = f"127.0.0.1:{self._house[1]}"
        self._call = self._uac.send_invite(
            "sip:+8225550123@127.0.0.1", f"sip:{number}@{host}", self._house, sdp_offer=offer
        )
        await self._call.wait_answered(timeout=30)
        assert self._call.sdp_answer is not None
        self.audio = CallSession("127.0.0.1", port, self._call.sdp_answer, supported_codecs=[0])
        await self.audio.start()
        self.audio.on_audio = self._hears
        self._tasks.spawn("sings", self._sings())

    def _hears(self, pcm: bytes, _timestamp: int) -> None:
        self._heard = [*self._heard[-50:], np.frombuffer(pcm, np.int16)]

    async def _sings(self) -> None:
        """Twenty milliseconds at a time, as telephones do."""
        second = tone(CALLER_HZ, ms=1000)
        loop, at = asyncio.get_running_loop(), 0
        began = loop.time()
        while not self.ended.is_set() and self.audio is not None:
            piece = second[at % 8000 : at % 8000 + 160]
            self.audio.send_audio_pcm(piece.tobytes(), at)
            at += 160
            await asyncio.sleep(max(0.0, began + at / 8000 - loop.time()))

    def level_db(self, hz: float) -> float:
        heard = np.concatenate(self._heard[-10:]) if self._heard else np.zeros(0, np.int16)
        return level_db(heard, hz)

    @property
    def hears_something(self) -> bool:
        return bool(self._heard) and loudness_db(np.concatenate(self._heard[-10:])) > -40

    def presses(self, key: str) -> None:
        assert self.audio is not None
        self.audio.send_dtmf(key)

    def hangs_up(self) -> None:
        self._call.hangup(self._uac)
        self.ended.set()


async def test_a_foreign_stack_calls_presses_a_key_talks_is_held_and_hangs_up(house: VoiceHouse, town: Town):
    agent = await DeskAgent.open(house, PHONE)
    await agent.is_there()
    async with Foreigner(house) as caller:
        await caller.calls(MENU)
        await until(lambda: caller.hears_something, "the prompt is heard")
        caller.presses("1")
        contact = await agent.accepts()
        desk = await town.picks_up(PHONE_EXTENSION, hz=AGENT_HZ)
        await desk.hears(CALLER_HZ)
        await until(lambda: caller.level_db(AGENT_HZ) > -25, "the agent is heard")
        await agent.orders(contact, "hold")
        await desk.peer.hears_silence()
        await until(lambda: caller.level_db(AGENT_HZ) < -40 and caller.hears_something, "music")
        await agent.orders(contact, "resume")
        await until(lambda: caller.level_db(AGENT_HZ) > -25, "the agent is back")
        caller.hangs_up()
        await desk.until_ended()
        await agent.wraps_up(contact)
    ended = [one for one in await agent.history(contact) if one["kind"] == "call_ended"]
    assert [one["by"] for one in ended] == ["customer"]
    await agent.goes_home()


async def test_the_house_hangs_up_on_a_foreign_stack_which_understands_it(house: VoiceHouse, town: Town):
    agent = await DeskAgent.open(house, PHONE)
    await agent.is_there()
    async with Foreigner(house) as caller:
        await caller.calls(MENU)
        await until(lambda: caller.hears_something, "the prompt is heard")
        caller.presses("1")
        contact = await agent.accepts()
        desk = await town.picks_up(PHONE_EXTENSION, hz=AGENT_HZ)
        await until(lambda: caller.level_db(AGENT_HZ) > -25, "the agent is heard")
        await agent.finishes(contact)
        async with asyncio.timeout(20):
            await caller.ended.wait()
        await desk.until_ended()
    await agent.goes_home()


async def test_sipsak_and_svmap_are_told_that_we_are_there_and_no_more(house: VoiceHouse):
    code, out = await run(tool("sipsak"), "-v", "-s", f"sip:nobody@127.0.0.1:{house.sip_port}", wait_s=20)
    assert code == 0, out
    _, out = await run(tool("svmap"), "-b", STRANGER, "-p", str(house.sip_port), "127.0.0.1", wait_s=30)
    assert "Python" not in out
    assert "0." not in out.replace("127.0.0.1", ""), f"a version is told:\n{out}"


async def test_svwar_finds_neither_desk_phones_nor_numbers_of_the_running_house(house: VoiceHouse, town: Town):
    before = await house.contacts()
    near = f"{int(PHONE_EXTENSION) - 1}-{int(PHONE_EXTENSION) + 1}"
    for asked in (near,):
        for method in ("REGISTER", "INVITE"):
            _, out = await run(
                tool("svwar"), "--force", "-b", STRANGER, "-e", asked, "-m", method, "-p", str(house.sip_port),
                "-t", "2", "127.0.0.1", wait_s=40,
            )  # fmt: skip
            known, unknown = (PHONE_EXTENSION, str(int(PHONE_EXTENSION) - 1))
            if asked == near:
                assert (f"| {known} " in out) == (f"| {unknown} " in out), f"{method} tells them apart:\n{out}"
    assert await house.contacts() == before
    assert house.roles is not None
    assert await house.telephone_answers()


async def test_a_stranger_gets_the_same_bytes_for_what_is_there_and_what_is_not(house: VoiceHouse, town: Town):
    answers: dict[str, list[bytes]] = {PHONE_EXTENSION: [], "2999": [], MENU: [], "7999": []}
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.bind((STRANGER, 0))
        peer.setblocking(False)
        await loop.sock_connect(peer, ("127.0.0.1", house.sip_port))
        for user, told in answers.items():
            for method in ("INVITE", "REGISTER", "OPTIONS", "SUBSCRIBE"):
                made = request(method, branch="same", sdp=OFFER if method == "INVITE" else None).encode()
                await loop.sock_sendall(
                    peer, made.replace(b"shop@warmline.example", f"{user}@{house.realm}".encode())
                )
                answer = await asyncio.wait_for(loop.sock_recv(peer, 4000), 5)
                parts = answer.split(b'nonce="')
                bare = parts[0] + b"".join(part.split(b'"', 1)[1] for part in parts[1:])
                told.append(bare.replace(user.encode(), b"*"))
    assert answers[PHONE_EXTENSION] == answers["2999"]
    assert answers[MENU] == answers["7999"]
