"""The web role as a process: it serves, and goes when told."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import httpx
from tests.free_ports import free_port


async def test_the_web_role_serves_until_it_is_told_to_stop(database_url: str, tmp_path: Path):
    port = free_port()
    environment = {
        **os.environ,
        "WARMLINE_DATABASE_URL": database_url,
        "WARMLINE_DATA_DIR": str(tmp_path),
        "WARMLINE_PORT": str(port),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "warmline.cli", "web", env=environment, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(30), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        while True:
            try:
                answer = await client.get("/readyz")
            except httpx.HTTPError:
                await asyncio.sleep(0.05)
                continue
            if answer.status_code == 200:
                break
            await asyncio.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    _, said = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode in (0, -signal.SIGTERM), said.decode()[-2000:]
    assert b"Web is ready" in said
    assert b"Traceback" not in said
