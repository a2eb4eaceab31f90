"""The callers are started with what they need, and end when told."""

import asyncio
import signal
import sys
from pathlib import Path

from warmline_demo.callers.__main__ import desk_phones, parser
from warmline_demo.content.telephone import phone_key, phone_key_path, phone_password


def test_the_desk_phones_know_this_installations_passwords(tmp_path: Path):
    phones = {phone.extension: phone for phone in desk_phones(tmp_path)}
    key = phone_key(phone_key_path(tmp_path))
    assert set(phones) == {"2001", "2002"}
    assert phones["2001"].password == phone_password(key, "2001")
    assert phones["2002"].domain == "onda.warmline"
    assert (phones["2001"].locale, phones["2002"].locale) == ("ko", "ja")


def test_everything_but_the_house_has_a_default(tmp_path: Path):
    args = parser().parse_args(["--sip", "127.0.0.1:5060", "--control", "http://x", "--data", str(tmp_path)])
    assert (args.port, args.media_ports, args.every) == (5070, "29800-29999", 25.0)


async def test_callers_without_a_house_wait_and_go_home_when_told(tmp_path: Path):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "warmline_demo.callers", "--sip", "127.0.0.1:9", "--control", "http://127.0.0.1:9",
        "--data", str(tmp_path), "--port", "0", "--media-ports", "28000-28099",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert (await process.stdout.readline()).decode() == "callers: one every 25 s to 127.0.0.1:9\n"
    process.send_signal(signal.SIGTERM)
    rest, _ = await asyncio.wait_for(process.communicate(), 30)
    assert rest.decode().splitlines()[-1] == "callers: gone home"
    assert process.returncode == 0
