"""The `warmline` command.

Each command loads what it needs when it is given: a role that must be back in a second cannot wait for the others.
"""

import argparse
import asyncio
import sys

from warmline import __version__
from warmline.config import Config, ConfigError, load_config
from warmline.kernel.errors import Refused


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """Return the command line; the arguments of those loaded on demand are known if `command` is that one."""
    top = argparse.ArgumentParser(prog="warmline", description="Open-source omnichannel contact center.")
    top.add_argument("--version", action="version", version=f"warmline {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    up = commands.add_parser("up", help="run everything on this machine")
    _add_address(up)
    up.add_argument("--demo", action="store_true", default=None, help="the live demo: no passwords, loopback only")
    up.add_argument("--no-simulation", dest="simulation", action="store_false", default=None)
    up.add_argument("--reload", action="store_true", help="start again whenever a source changes")
    up.set_defaults(run=_up)
    web = commands.add_parser("web", help="serve HTTP and sockets")
    _add_address(web)
    web.set_defaults(run=_web)
    worker = commands.add_parser("worker", help="run timers, tasks, routing, ledger and search index")
    worker.set_defaults(run=_worker)
    voice = commands.add_parser("voice", help="take and make calls")
    voice.set_defaults(run=_voice)
    if command == "media":
        from warmline.role_media import add_arguments, serve_media

        media = commands.add_parser("media", help="run one worker of the media engine")
        add_arguments(media)
        media.set_defaults(run=serve_media)
    else:
        commands.add_parser("media", help="run one worker of the media engine")
    migrate = commands.add_parser("migrate", help="bring the database of WARMLINE_ADMIN_DATABASE_URL up to date")
    migrate.set_defaults(run=_migrate)
    if command == "admin":
        from warmline.features.admin.cli import add_commands

        add_commands(commands)
        commands.choices["admin"].set_defaults(run=_admin)
    else:
        commands.add_parser("admin", help="companies and people")
    if command == "journey":
        from warmline.cli_journey import add_parser

        add_parser(commands)
    else:
        commands.add_parser("journey", help="check, test, draw or talk to journeys, offline")
    if command == "forecast":
        from warmline.cli_forecast import add_parser as add_forecast

        add_forecast(commands)
    else:
        commands.add_parser("forecast", help="forecast call volumes from a table, and test the forecast")
    if command == "twin":
        from warmline.cli_twin import add_parser as add_twin

        add_twin(commands)
    else:
        commands.add_parser("twin", help="replay a day, ask what if, find the staff needed")
    return top


def _add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default=None)
    command.add_argument("--port", type=int, default=None)


def _config(arguments: argparse.Namespace) -> Config:
    names = ("host", "port", "demo", "simulation")
    return load_config(**{name: getattr(arguments, name, None) for name in names})


def _up(arguments: argparse.Namespace) -> int:
    from warmline.up import run_up

    return run_up(_config(arguments), reload=arguments.reload)


def _web(arguments: argparse.Namespace) -> int:
    from warmline.role_web import serve

    return serve(_config(arguments))


def _worker(arguments: argparse.Namespace) -> int:
    from warmline.role_worker import work

    return work(_config(arguments))


def _voice(arguments: argparse.Namespace) -> int:
    from warmline.role_voice import speak

    return speak(_config(arguments))


def _migrate(arguments: argparse.Namespace) -> int:
    from warmline.runtime.migrate import migrate

    config = _config(arguments)
    if not config.admin_database_url:
        print("Set WARMLINE_ADMIN_DATABASE_URL to a role that may create tables and roles.", file=sys.stderr)
        return 2
    asyncio.run(migrate(config.admin_database_url))
    print("The database is up to date.")
    return 0


def _admin(arguments: argparse.Namespace) -> int:
    from warmline.cli_database import open_database
    from warmline.features.admin import cli as admin

    async def carry_out() -> None:
        async with open_database(_config(arguments)) as (database, signal, passwords):
            await admin.run(arguments, database, signal, passwords)

    asyncio.run(carry_out())
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    given = sys.argv[1:] if argv is None else argv
    arguments = parser(given[0] if given else None).parse_args(given)
    try:
        return int(arguments.run(arguments))
    except ConfigError as problem:
        print(problem, file=sys.stderr)
        return 2
    except Refused as refusal:
        print(f"{refusal.text} {refusal.fix}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
