"""`warmline admin …`: companies and people from the command line, before anybody can sign in."""

import argparse
import getpass
import sys
from collections.abc import Callable

from pydantic import ValidationError

from warmline.features.admin.cli_settings import SettingsCommands, add_settings_commands
from warmline.features.admin.people import People
from warmline.features.admin.schemas_people import AgentNew
from warmline.features.admin.service import Settings, Signal
from warmline.features.admin.tenants import Tenants
from warmline.features.security.audit import Actor
from warmline.features.security.passwords import Passwords
from warmline.features.security.problems import field_name
from warmline.features.security.roles import ROLES
from warmline.kernel.errors import INVALID, Refused
from warmline.kernel.locale import LOCALES
from warmline.runtime.database import Database

AT_THE_KEYBOARD = Actor("command line")


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `admin` and its commands to a parser; `run` carries them out."""
    admin = subparsers.add_parser("admin", help="companies and people")
    commands = admin.add_subparsers(dest="admin_command", required=True)

    tenant = commands.add_parser("create-tenant", help="create a company")
    tenant.add_argument("tenant", help="its id, such as onda")
    tenant.add_argument("--name", required=True)
    tenant.add_argument("--locale", choices=LOCALES, default="en")
    tenant.add_argument("--time-zone", default="UTC", help="IANA name, such as Asia/Seoul")

    agent = commands.add_parser("create-agent", help="create an account; the password is read from the terminal")
    agent.add_argument("tenant")
    agent.add_argument("email")
    agent.add_argument("--name", required=True)
    agent.add_argument("--role", action="append", choices=ROLES, required=True, help="may be given more than once")
    agent.add_argument("--locale", choices=LOCALES, default="en")

    password = commands.add_parser("set-password", help="set a password, read from the terminal")
    password.add_argument("tenant")
    password.add_argument("email")

    add_settings_commands(commands)

    people = commands.add_parser("list", help="list companies, or the people of one")
    people.add_argument("tenant", nargs="?")


def read_password() -> str:
    """Read a password: hidden at a terminal, a line from a pipe. Never an argument, which others could see."""
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


async def run(
    args: argparse.Namespace,
    database: Database,
    signal: Signal,
    passwords: Passwords,
    *,
    ask: Callable[[], str] = read_password,
    say: Callable[[str], None] = print,
) -> None:
    """Carry out one command. Raises Refused with what to do."""
    people = People(database, passwords, signal)
    tenants = Tenants(database)
    match args.admin_command:
        case "create-tenant":
            await tenants.create(AT_THE_KEYBOARD, args.tenant, args.name, args.locale, args.time_zone)
            say(f"Created {args.tenant}. Next:")
            say(f"  warmline admin create-agent {args.tenant} EMAIL --name NAME --role admin")
        case "create-agent":
            await tenants.check(args.tenant)
            row = await people.create(args.tenant, AT_THE_KEYBOARD, _account(args, ask()))
            say(f"Created {args.email} ({', '.join(args.role)}), id {row['id']}.")
        case "set-password":
            await tenants.check(args.tenant)
            await people.set_password(args.tenant, AT_THE_KEYBOARD, args.email, ask())
            say(f"The password of {args.email} is changed; all their sessions have ended.")
        case "show" | "apply" | "remove":
            await tenants.check(args.tenant)
            settings = Settings(database, signal)
            await SettingsCommands(settings, people, AT_THE_KEYBOARD, say).run(args)
        case _ if args.tenant:
            await tenants.check(args.tenant)
            for row in await people.all(args.tenant):
                roles = row["roles"]
                assert isinstance(roles, list)  # noqa: S101
                state = "\tdisabled" if row["disabled"] else ""
                say(f"{row['email']}\t{row['name']}\t{','.join(roles)}{state}")
        case _:
            for tenant_id, name, time_zone in await tenants.all():
                say(f"{tenant_id}\t{name}\t{time_zone}")


def _account(args: argparse.Namespace, password: str) -> AgentNew:
    try:
        return AgentNew(email=args.email, name=args.name, roles=args.role, locale=args.locale, password=password)
    except ValidationError as failure:
        # Not chained: the original quotes what was typed, and that may be the password.
        first = failure.errors(include_input=False)[0]
        raise Refused(INVALID, field=field_name(first["loc"]), reason=first["msg"]) from None
