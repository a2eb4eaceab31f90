"""The customers' process comes, finds nobody home, keeps trying, and goes when told."""

import signal
import subprocess
import sys


def test_the_process_says_who_comes_and_goes_home_when_told():
    nowhere = "127.0.0.1:9"
    process = subprocess.Popen(
        [
            sys.executable, "-m", "warmline_demo.customers", "--url", f"ws://{nowhere}/ws/widget",
            "--control", f"http://{nowhere}", "--phone", f"http://{nowhere}", "--rate", "6000", "--seed", "1",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(3)]
    process.send_signal(signal.SIGTERM)
    rest, _ = process.communicate(timeout=20)
    assert " comes: " in lines[1]
    assert rest.endswith("customers: gone home\n")
    assert process.returncode == 0
