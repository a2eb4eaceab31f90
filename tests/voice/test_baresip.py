"""A real desk phone, baresip: registers with digest over UDP, TCP and TLS, calls, and is called."""

import asyncio
import json
import subprocess
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.free_ports import free_port
from tests.voice.conftest import SDP, OpenHouse, phone, run, tool, until

from warmline.ports.telephone import Dialling, ReferWish
from warmline.voice.call import VoiceCall
from warmline.voice.limits import Listen

WISH = Dialling("onda", "phone-1001", SDP, phone=True, from_number="+8215880000")
MODULES = "g711.so\nmodule aufile.so\nmodule_app account.so\nmodule_app menu.so\nmodule_app ctrl_tcp.so"


async def certificate(folder: Path) -> tuple[str, str]:
    made, key = folder / "cert.pem", folder / "key.pem"
    code, out = await run(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(made),
        "-days", "2", "-subj", "/CN=127.0.0.1",
    )  # fmt: skip
    assert code == 0, out
    return str(made), str(key)


@dataclass(frozen=True)
class DeskPhone:
    """A running baresip: where it listens for commands, and what it wrote down."""

    control: int
    log: Path

    def text(self) -> str:
        """What it told, without the line that counts the seconds."""
        told = self.log.read_text(errors="replace").splitlines()
        return "\n".join(one for one in told if one.strip() and "(bit/s)" not in one)[-3000:]


@asynccontextmanager
async def baresip(folder: Path, port: int, transport: str) -> AsyncIterator[DeskPhone]:
    """A phone `1001` that registers."""
    own, control = free_port(), free_port()
    (folder / "config").write_text(
        f"sip_listen 127.0.0.1:{own}\nnet_interface 127.0.0.1\nmodule_path /usr/lib/baresip/modules\n"
        f"sip_verify_server no\ncall_max_calls 4\nctrl_tcp_listen 127.0.0.1:{control}\n"
        f"audio_source aufile,{folder}/quiet.wav\naudio_player aufile,{folder}/heard.wav\nmodule {MODULES}\n"
    )
    (folder / "accounts").write_text(
        f"<sip:1001@127.0.0.1:{port};transport={transport}>;auth_user=1001;auth_pass=secret;answermode=auto;regint=600\n"
    )
    with wave.open(str(folder / "quiet.wav"), "wb") as quiet:
        quiet.setnchannels(1)
        quiet.setsampwidth(2)
        quiet.setframerate(8000)
        quiet.writeframes(b"\0" * 960_000)
    (folder / "contacts").write_text("")
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            tool("baresip"), "-f", str(folder), "-4", stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            yield DeskPhone(control, folder / "log")
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
async def test_a_desk_phone_registers_and_is_called(house: OpenHouse, tmp_path: Path, transport: str):
    made, key = await certificate(tmp_path) if transport == "tls" else (None, None)
    listen = Listen(transport, "127.0.0.1", 0, made, key)  # type: ignore[arg-type]
    here = await house(phones=(phone(),), listen=(listen,))
    answers: list[str] = []

    async with baresip(tmp_path, here.port(transport), transport) as desk:
        try:
            await until(lambda: bool(here.desk.registrations), "it registered", 10)
            call = await here.endpoint.dial(WISH)
            call.on_answered = answers.append
            await until(lambda: bool(answers), "it answered", 10)
        except TimeoutError:
            pytest.fail(desk.text())
        await call.hang_up()
        await until(here.endpoint.idle, "it ended")

    assert here.desk.registrations[0] == ("phone-1001", True)
    assert "m=audio" in answers[0]


async def told_by_hand(control: int, command: str, params: str) -> dict[str, object]:
    """Do something on the phone by hand; return what it answers."""
    reader, writer = await asyncio.open_connection("127.0.0.1", control)
    said = json.dumps({"command": command, "params": params}).encode()
    writer.write(b"%d:%s," % (len(said), said))
    try:
        while True:  # events of its calls come on the same connection
            size = int((await reader.readuntil(b":"))[:-1])
            heard = json.loads((await reader.readexactly(size + 1))[:-1])
            if heard.get("response"):
                return heard
    finally:
        writer.close()


async def test_a_desk_phone_puts_who_called_and_whom_it_asked_together(house: OpenHouse, tmp_path: Path):
    """Two lines of a phone that is not ours: REFER with Replaces names the second, and we put them together."""
    here = await house(phones=(phone(),))
    asked: list[ReferWish] = []
    answers: list[str] = []

    async with baresip(tmp_path, here.port(), "udp") as desk:
        try:
            await until(lambda: bool(here.desk.registrations), "it registered", 10)
            first = await here.endpoint.dial(WISH)
            here.desk.watch(first)
            first.on_answered, first.on_refer = answers.append, asked.append
            await until(lambda: bool(answers), "it answered", 10)
            await told_by_hand(desk.control, "dial", f"sip:1002@127.0.0.1:{here.port()}")
            await until(lambda: bool(here.desk.calls), "it calls a colleague on its second line", 10)
            second = here.desk.calls[0].call
            assert isinstance(second, VoiceCall)
            await until(lambda: second.session.state == "up", "the colleague answered", 10)
            dialog = second.session.core.dialog
            assert dialog is not None
            call_id, ours, theirs = dialog.id
            replaces = quote(f"{call_id};to-tag={ours};from-tag={theirs}", safe="")
            await told_by_hand(desk.control, "line", "1")
            await told_by_hand(desk.control, "transfer", f"<sip:1002@127.0.0.1:{here.port()}?Replaces={replaces}>")
            await until(lambda: bool(asked), "it asked to put both together", 10)
        except TimeoutError:
            pytest.fail(desk.text())
        assert asked[0].replaces == second.id
        asked[0].accept()
        asked[0].progress(200)
        await until(lambda: "transfer" in desk.text().lower(), "it was told how it went", 10)
        await first.hang_up()
        await second.hang_up()
        await until(here.endpoint.idle, "both ended")
