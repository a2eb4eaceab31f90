"""`warmline media`: one worker of the media engine."""

import argparse
import sys

from warmline.media.worker import run_worker


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe the arguments of `warmline media`."""
    command.add_argument("--socket", required=True, help="where the controller connects (a Unix socket)")
    command.add_argument("--ports", required=True, metavar="LOW-HIGH", help="UDP ports for audio")
    command.add_argument("--address", required=True, help="the IP address audio is sent from and arrives at")
    command.add_argument("--public-address", default=None, help="the IP address others see, if it is another")
    command.add_argument("--silent-after", type=float, default=10.0, metavar="S", help="tell a leg silent after")
    command.add_argument("--alone", type=float, default=30.0, metavar="S", help="end without a controller after")


def port_range(text: str) -> tuple[int, int]:
    """Return LOW and HIGH. Raises ValueError when it is no range of at least two ports."""
    low, dash, high = text.partition("-")
    if not dash or not (low.isdecimal() and high.isdecimal()) or not 1024 <= int(low) < int(high) <= 65535:
        raise ValueError(f"{text} is not a range of ports like 30000-31999.")
    return int(low), int(high)


def serve_media(arguments: argparse.Namespace) -> int:
    """Run a worker; return the exit code."""
    try:
        low, high = port_range(arguments.ports)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    run_worker(
        arguments.socket,
        low,
        high,
        arguments.address,
        public_address=arguments.public_address,
        silent_after_s=arguments.silent_after,
        alone_at_most_s=arguments.alone,
    )
    return 0
