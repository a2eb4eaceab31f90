"""A real desk phone, baresip: registers with digest over UDP, TCP and TLS, calls, and is called."""

import asyncio
import subprocess
import wave
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.voice.conftest import SDP, OpenHouse, free_port, phone, run, tool, until

from warmline.ports.telephone import Dialling
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


@asynccontextmanager
async def baresip(folder: Path, port: int, transport: str, *commands: str):
    """A phone `1001` that registers, and does what it is told at its start."""
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
        quiet.writeframes(b"\0" * 160_000)
    (folder / "contacts").write_text("")
    asked = [part for command in commands for part in ("-e", command)]
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            tool("baresip"), "-f", str(folder), "-4", *asked, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            yield folder / "log"
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

    async with baresip(tmp_path, here.port(transport), transport) as log:
        try:
            await until(lambda: bool(here.desk.registrations), "it registered", 10)
            call = await here.endpoint.dial(WISH)
            call.on_answered = answers.append
            await until(lambda: bool(answers), "it answered", 10)
        except TimeoutError:
            pytest.fail(log.read_text(errors="replace")[-3000:])
        await call.hang_up()
        await until(here.endpoint.idle, "it ended")

    assert here.desk.registrations[0] == ("phone-1001", True)
    assert "m=audio" in answers[0]
