"""The demo's own processes, beside Warmline's: the shop, its customers, and colleagues at their desks."""

import sys
from pathlib import Path
from urllib.parse import urlsplit


def demo_commands(base_url: str, commerce_port: int, data_dir: Path) -> dict[str, list[str]]:
    """Return the command line of each process by name; all of them speak to `base_url` and to loopback only."""
    python = [sys.executable, "-m"]
    parts = urlsplit(base_url)
    socket = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"
    shop = f"http://127.0.0.1:{commerce_port}"
    return {
        "commerce": [
            *python, "warmline_demo.commerce", "--port", str(commerce_port), "--data", str(data_dir / "demo-shop"),
        ],
        "customers": [
            *python, "warmline_demo.customers", "--url", f"{socket}/ws/widget", "--key", "onda-demo",
            "--control", base_url, "--phone", shop, "--rate", "15",
        ],
        "colleagues": [*python, "warmline_demo.colleagues", "--url", base_url],
    }  # fmt: skip
