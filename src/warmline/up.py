"""`warmline up`: database, migrations, demo data, and every role of one machine."""

import asyncio
import signal
import socket
import sys
from pathlib import Path

from warmline.config import Config
from warmline.runtime.fitness import check_search
from warmline.runtime.postgres import EmbeddedPostgres
from warmline.runtime.revision import current_revision, head_revision
from warmline.supervisor import Role, Supervisor

PACKAGE = Path(__file__).parent
RELOAD_LOOK_S = 0.5
READY_WAIT_S = 60.0
SIMULATED_PEOPLE = frozenset({"demo-customers", "demo-callers", "demo-colleagues"})


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, flush=True)


async def prepare(config: Config) -> tuple[str, EmbeddedPostgres | None]:
    """Return the application's database URL, migrated and checked, and the server if it is ours to stop."""
    if config.database_url:
        if config.admin_database_url:
            await bring_up_to_date(config.admin_database_url)
        await check_search(config.database_url)
        return config.database_url, None
    postgres = EmbeddedPostgres(config.data_dir / "postgres")
    url = await asyncio.to_thread(postgres.start)
    await bring_up_to_date(postgres.admin_url, postgres.app_password)
    await check_search(url)
    return url, postgres


async def bring_up_to_date(admin_url: str, app_password: str | None = None) -> None:
    """Migrate unless the database is at this code's revision: loading the tools that migrate takes a second."""
    if await current_revision(admin_url) != head_revision():
        from warmline.runtime.migrate import migrate

        await migrate(admin_url, app_password=app_password)


def roles(config: Config, database_url: str) -> list[Role]:
    """Return the child processes of this machine."""
    environment = {
        "WARMLINE_DATABASE_URL": database_url,
        "WARMLINE_ADMIN_DATABASE_URL": "",
        "WARMLINE_DATA_DIR": str(config.data_dir),
        "WARMLINE_HOST": config.host,
        "WARMLINE_PORT": str(config.port),
        "WARMLINE_PUBLIC_URL": config.public_url,
        "WARMLINE_TRUSTED_ORIGINS": config.trusted_origins,
        "WARMLINE_DEMO": "true" if config.demo else "false",
        "WARMLINE_SIMULATION": "true" if config.simulation else "false",
        "WARMLINE_DEMO_COMMERCE_PORT": str(config.demo_commerce_port),
        "WARMLINE_LOG_LEVEL": config.log_level,
        "WARMLINE_CONNECTORS": config.connectors,
        "WARMLINE_TRUST_FORWARDED": "true" if config.trust_forwarded else "false",
        "WARMLINE_VOICE_HOST": config.voice_host,
        "WARMLINE_VOICE_PUBLIC_ADDRESS": config.voice_public_address,
        "WARMLINE_SIP_PORT": str(config.sip_port),
        "WARMLINE_SIPS_PORT": str(config.sips_port),
        "WARMLINE_SIPS_CERTIFICATE": config.sips_certificate,
        "WARMLINE_SIPS_KEY": config.sips_key,
        "WARMLINE_MEDIA_PORTS": config.media_ports,
        "WARMLINE_MEDIA_WORKERS": str(config.media_workers),
        "WARMLINE_VOICE_DRAIN_S": str(config.voice_drain_s),
    }
    warmline = [sys.executable, "-m", "warmline.cli"]

    async def web_lives() -> bool:
        return await _answers(config, "/livez")

    web = Role("web", [*warmline, "web"], environment, answers=web_lives)
    found = [web, Role("worker", [*warmline, "worker"], environment)]
    if config.voice:
        found.append(Role("voice", [*warmline, "voice"], environment))
    if config.demo:
        from warmline_demo.processes import demo_commands

        sip = (config.voice_host, config.sip_port) if config.voice else None
        commands = demo_commands(
            config.base_url, config.demo_commerce_port, config.data_dir, sip, config.audio_ports
        )
        for name, command in commands.items():
            if config.simulation or name == "commerce":
                found.append(Role(f"demo-{name}", command, {}))
    return found


def web_builders(web: Path) -> list[Role]:
    """Return the processes that rebuild the web part of a checkout whenever its sources change."""
    vite = web / "node_modules" / ".bin" / "vite"
    if not vite.exists():
        return []
    build = [str(vite), "build", "--watch"]
    return [
        Role("build-desk", build, folder=web),
        Role("build-widget", [*build, "-c", "vite.widget.config.ts"], folder=web),
    ]


async def up(config: Config, *, reload: bool = False) -> None:
    """Run everything until SIGINT or SIGTERM."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    say("Starting PostgreSQL …" if not config.database_url else "Looking at the database …")
    database_url, postgres = await prepare(config)
    try:
        if config.demo:
            from warmline_demo.content.seed import seed_demo

            say("Filling the demo shop …")
            await seed_demo(
                database_url, config.data_dir, config.base_url, config.demo_commerce_port, config.sip_port
            )
        supervisor = Supervisor(config.data_dir / "logs", say)
        children = roles(config, database_url)
        builders = web_builders(PACKAGE.parent.parent / "web") if reload else []
        people = [role for role in children if role.name in SIMULATED_PEOPLE]

        async def open_doors() -> None:
            await _announce(config)
            await supervisor.run(people)  # not earlier: they would only take time from those they wait for

        async with asyncio.TaskGroup() as group:
            group.create_task(supervisor.run([role for role in (*children, *builders) if role not in people]))
            opening = group.create_task(open_doors())
            watching = group.create_task(_watch(supervisor, children)) if reload else None
            await stop.wait()
            say("\nStopping …")
            for task in (opening, watching):
                if task is not None:
                    task.cancel()
            await supervisor.stop()
    finally:
        if postgres is not None:
            await asyncio.to_thread(postgres.stop)


async def _announce(config: Config) -> None:
    """Print the one URL as soon as the web role answers."""
    deadline = asyncio.get_running_loop().time() + READY_WAIT_S
    while not await _answers(config):
        if asyncio.get_running_loop().time() > deadline:
            say(f"The web role does not answer yet. Its log: {config.data_dir / 'logs' / 'web.log'}")
            deadline += READY_WAIT_S
        await asyncio.sleep(0.1)
    say(f"\n  Warmline is ready:  {config.base_url}\n")
    if config.demo:
        say("  This is the DEMO: anybody on this machine gets in without a password. Ctrl-C stops it.\n")


async def _answers(config: Config, path: str = "/readyz") -> bool:
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection(config.host, config.port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
                return b" 200 " in await reader.readline()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False


async def _watch(supervisor: Supervisor, children: list[Role]) -> None:
    """Restart the roles whenever a Python source changes."""
    seen = await asyncio.to_thread(newest_change, [PACKAGE])
    while True:
        await asyncio.sleep(RELOAD_LOOK_S)
        now = await asyncio.to_thread(newest_change, [PACKAGE])
        if now > seen:
            seen = now
            say("Sources changed; starting again …")
            await supervisor.restart([role.name for role in children])


def newest_change(folders: list[Path]) -> float:
    """Return the latest modification time of any Python file below `folders`."""
    return max((path.stat().st_mtime for folder in folders for path in folder.rglob("*.py")), default=0.0)


def taken_ports(config: Config) -> list[int]:
    """Return the ports that `up` needs and somebody already listens on."""
    wanted = [config.port, *([config.demo_commerce_port] if config.demo else [])]
    return [port for port in wanted if _is_taken(config.host, port)]


def _is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def run_up(config: Config, *, reload: bool) -> int:
    """Run `up` to its end; return the exit code."""
    if taken := taken_ports(config):
        say(
            f"Port {', '.join(map(str, taken))} is in use; perhaps Warmline already runs at {config.base_url}. "
            "Stop what listens there, or choose another with --port (and WARMLINE_DEMO_COMMERCE_PORT)."
        )
        return 1
    config.data_dir.mkdir(parents=True, exist_ok=True)
    config.data_dir.chmod(0o711)  # the database's own account passes through; nobody may list
    asyncio.run(up(config, reload=reload))
    return 0
