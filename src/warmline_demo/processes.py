"""The demo's own processes, beside Warmline's: the shop, who writes, who calls, and colleagues at their desks."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from warmline_demo.content.telephone import callers_port

CALLERS_AUDIO_PORTS = 200  # below those of the house


def demo_commands(
    base_url: str, commerce_port: int, data_dir: Path, sip: tuple[str, int] | None = None,
    media_ports: tuple[int, int] = (30_000, 31_999),
) -> dict[str, list[str]]:  # fmt: skip
    """Return the command line of each process by name; all of them speak to `base_url` and to loopback only.

    `sip` is where the house can be called, `media_ports` what its audio uses; None: it has no telephone.
    """
    python = [sys.executable, "-m"]
    parts = urlsplit(base_url)
    socket = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"
    shop = f"http://127.0.0.1:{commerce_port}"
    commands = {
        "commerce": [
            *python, "warmline_demo.commerce", "--port", str(commerce_port), "--data", str(data_dir / "demo-shop"),
        ],
        "customers": [
            *python, "warmline_demo.customers", "--url", f"{socket}/ws/widget", "--key", "onda-demo",
            "--control", base_url, "--phone", shop, "--rate", "15",
        ],
        "colleagues": [*python, "warmline_demo.colleagues", "--url", base_url],
    }  # fmt: skip
    if sip is not None:
        host, port = sip
        low = max(1024, media_ports[0] - CALLERS_AUDIO_PORTS)
        commands["callers"] = [
            *python, "warmline_demo.callers", "--sip", f"{_own(host)}:{port}", "--port", str(callers_port(port)),
            "--media-ports", f"{low}-{low + CALLERS_AUDIO_PORTS - 1}", "--data", str(data_dir),
            "--control", base_url,
        ]  # fmt: skip
    return commands


def _own(host: str) -> str:
    """Return the address of this machine at which `host` is listened on."""
    return "127.0.0.1" if host in ("", "0.0.0.0", "localhost", "::") else host  # noqa: S104 -- compared, not bound
