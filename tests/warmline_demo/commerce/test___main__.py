"""The shop as a process: it opens, answers, and closes cleanly when told to."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx


def test_the_shop_process_answers_and_stops_when_told(tmp_path: Path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "warmline_demo.commerce", "--port", str(port), "--data", str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "WARMLINE_DEMO_SHOP_KEY": "k"},
    )
    try:
        answer = first_answer(f"http://127.0.0.1:{port}/healthz")
        assert answer.json() == {"status": "ok"}
    finally:
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=20)
    assert process.returncode in (0, -signal.SIGTERM)
    assert b"open on" in output


def first_answer(url: str) -> httpx.Response:
    transport = httpx.HTTPTransport(retries=12)  # httpx waits longer before each new connection attempt
    deadline = time.monotonic() + 30
    with httpx.Client(transport=transport) as client:
        while True:
            try:
                return client.get(url)
            except httpx.ConnectError:
                if time.monotonic() > deadline:
                    raise
