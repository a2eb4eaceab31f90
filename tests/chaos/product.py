"""The product as real processes: PostgreSQL with fsync on, webs and workers, all kept alive as `up` does it."""

import asyncio
import os
import sys
from pathlib import Path

import httpx

from warmline.runtime.migrate import migrate
from warmline.runtime.postgres import EmbeddedPostgres, free_port
from warmline.supervisor import Role, Supervisor
from warmline_demo.content.seed import seed_demo

MUTANTS = Path(__file__).with_name("mutants.py")
START_S = 60.0


class Product:
    """One installation in `folder`. With `mutant`, every role runs with that fault built in."""

    def __init__(self, folder: Path, *, mutant: str | None = None, webs: int = 2, workers: int = 2) -> None:
        self._folder = folder
        self._mutant = mutant
        self.ports = [free_port() for _ in range(webs)]
        self.webs = [f"web-{number}" for number in range(webs)]
        self.workers = [f"worker-{number}" for number in range(workers)]
        self.postgres = EmbeddedPostgres(folder / "postgres")
        self.roles = Supervisor(folder / "logs", lambda text: None)
        self._running: asyncio.Task[None] | None = None

    def base_url(self, number: int = 0) -> str:
        """Return the address of one web process."""
        return f"http://127.0.0.1:{self.ports[number]}"

    def sockets(self, path: str) -> list[str]:
        """Return the address of a socket path at every web process."""
        return [f"ws://127.0.0.1:{port}{path}" for port in self.ports]

    async def start(self, group: asyncio.TaskGroup) -> None:
        """Create, migrate, seed, start all roles, and wait until every web process is ready."""
        self._folder.mkdir(parents=True, exist_ok=True)
        url = await asyncio.to_thread(self.postgres.start)
        await migrate(self.postgres.admin_url, app_password=self.postgres.app_password)
        await seed_demo(url, self._folder, self.base_url(), free_port())
        children = [
            *(self._role(name, "web", url, port) for name, port in zip(self.webs, self.ports, strict=True)),
            *(self._role(name, "worker", url, self.ports[0]) for name in self.workers),
        ]
        self._running = group.create_task(self.roles.run(children))
        deadline = asyncio.get_running_loop().time() + START_S
        for number, name in enumerate(self.webs):
            while not await self.ready(number):
                if asyncio.get_running_loop().time() > deadline:
                    log = (self._folder / "logs" / f"{name}.log").read_text()
                    raise RuntimeError(f"{name} does not become ready. Its log ends:\n{log[-3000:]}")
                await asyncio.sleep(0.1)

    def _role(self, name: str, command: str, database_url: str, port: int) -> Role:
        program = ["-m", "warmline.cli"] if self._mutant is None else [str(MUTANTS), self._mutant]
        environment = {
            "WARMLINE_DATABASE_URL": database_url,
            "WARMLINE_DATA_DIR": str(self._folder),
            "WARMLINE_HOST": "127.0.0.1",
            "WARMLINE_PORT": str(port),
            "WARMLINE_DEMO": "true",
            "WARMLINE_LOG_LEVEL": "info",
        }
        return Role(name, [sys.executable, *program, command], environment)

    async def ready(self, number: int) -> bool:
        """Say whether a web process answers that it is ready."""
        try:
            async with httpx.AsyncClient(timeout=1.0) as client:
                return (await client.get(f"{self.base_url(number)}/readyz")).status_code == 200
        except httpx.HTTPError:
            return False

    def backend_pids(self) -> list[int]:
        """Return the database's processes that serve one connection each."""
        found: list[int] = []
        for entry in os.scandir("/proc"):
            if entry.name.isdigit():
                try:
                    parent = int(Path(entry.path, "stat").read_text().rsplit(")", 1)[1].split()[1])
                    title = Path(entry.path, "cmdline").read_bytes()
                except (OSError, IndexError):
                    continue  # gone meanwhile
                if parent == self.postgres.pid and b"warmline_app" in title:
                    found.append(int(entry.name))
        return found

    async def stop(self) -> None:
        """End the roles, then the database."""
        await self.roles.stop()
        if self._running is not None:
            await self._running
        await asyncio.to_thread(self.postgres.stop)
