"""Ports that are free, and a certificate, for a house of its own."""

import random
import subprocess
from pathlib import Path

from tests.free_ports import is_free

from warmline_demo.content.telephone import callers_port


def sip_port() -> int:
    """A port that is free, and so is the one on which the house calls the outside."""
    for _ in range(200):
        port = random.randrange(20_000, 21_900)  # below the audio of every other test
        if is_free(port) and is_free(callers_port(port)):
            return port
    raise AssertionError("No ports are free.")


def port_range() -> int:
    """The first of 400 ports for audio that nobody uses, away from those that systems and other tests hand out."""
    for _ in range(200):
        low = random.randrange(23_200, 29_600, 2)
        if all(is_free(port) for port in range(low, low + 400, 7)):
            return low
    raise AssertionError("No ports are free.")


def certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(folder / "key.pem"), "-out",
         str(folder / "cert.pem"), "-days", "2", "-subj", "/CN=127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
