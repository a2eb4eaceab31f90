"""Run the simulated telephone customers: `python -m warmline_demo.callers --sip 127.0.0.1:5060 --control http://…`."""

import argparse
import random
import tempfile
from pathlib import Path

import httpx

from warmline.features.telephony.secrets import realm_of
from warmline.kernel.tasks import TaskRegistry
from warmline.media.client import BuiltinMedia, MediaSettings
from warmline.runtime.garbage import calm_collector
from warmline.speech.choice import Voices
from warmline.speech.espeak import EspeakVoices
from warmline.speech.house import SpeechHouse
from warmline_demo.callers.crowd import Crowd, reader
from warmline_demo.callers.station import DeskPhone, Station
from warmline_demo.callers.voices import VoiceBox
from warmline_demo.content.company import TENANT_ID
from warmline_demo.content.team import PHONE_TEAM
from warmline_demo.content.telephone import extensions, phone_key, phone_key_path, phone_password
from warmline_demo.process import run_until_told, say

EVERY_S = 25.0


def desk_phones(data_dir: Path) -> tuple[DeskPhone, ...]:
    """Return the phone team's desk phones of this installation. Raises OSError, ValueError."""
    key = phone_key(phone_key_path(data_dir))
    names = extensions()
    return tuple(
        DeskPhone(
            names[member.email],
            realm_of(TENANT_ID),
            phone_password(key, names[member.email]),
            "ja" if member.locale == "ja" else "ko",
        )
        for member in PHONE_TEAM
    )


async def run(args: argparse.Namespace) -> None:
    """Call until cancelled."""
    draw = random.Random(args.seed)  # noqa: S311 - chooses who calls, not a secret
    host, _, sip_port = args.sip.rpartition(":")
    low, _, high = args.media_ports.partition("-")
    tasks = TaskRegistry(lambda name, failure: say(f"callers: {name} failed: {failure!r}"))
    with tempfile.TemporaryDirectory(prefix="warmline-callers-") as folder:
        sockets = Path(folder)
        media = BuiltinMedia(MediaSettings(sockets, "127.0.0.1", int(low), int(high)))
        speech = SpeechHouse(args.data / "demo-voices", Voices([EspeakVoices()]), tasks)
        await speech.open()
        station = Station(
            media,
            VoiceBox(speech, sockets),
            host,
            int(sip_port),
            args.port,
            desk_phones(args.data),
            tasks,
            say,
            draw,
        )
        try:
            await media.start()
            await station.start()
            calm_collector()
            async with httpx.AsyncClient(timeout=5.0, trust_env=False) as client:
                await Crowd(station, args.every, draw, tasks, say).run(reader(client, args.control.rstrip("/")))
        finally:
            await station.close()
            await media.shut_down()
            await tasks.close()
            await speech.close()


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="warmline_demo.callers", description=__doc__)
    found.add_argument("--sip", required=True, help="where the house is called: host:port")
    found.add_argument("--control", required=True, help="where the pause switch is")
    found.add_argument("--data", type=Path, required=True, help="the house's data folder: the phones' key, voices")
    found.add_argument("--port", type=int, default=5070, help="where the callers can be called")
    found.add_argument("--media-ports", default="29800-29999", help="UDP, for audio")
    found.add_argument("--every", type=float, default=EVERY_S, help="seconds between two calls")
    found.add_argument("--seed", type=int, default=None, help="the same seed sends the same people")
    return found


def main() -> None:
    args = parser().parse_args()
    run_until_told(run(args), f"callers: one every {args.every:g} s to {args.sip}")
    say("callers: gone home")


if __name__ == "__main__":
    main()
