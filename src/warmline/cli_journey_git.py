"""`warmline journey pull | push`: a company's journeys and texts in a folder that git keeps."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import asyncpg
import msgspec
from msgspec import Struct

from warmline.cli_database import installed_config, open_database
from warmline.cli_journey_suite import publishing
from warmline.domain.journey.document import Journey
from warmline.features.contacts.settings_store import platform_prompts
from warmline.features.designer import versions_folder as folders
from warmline.features.designer.versions_folder import BadFolder, Folder, Pulled, Texts
from warmline.features.journeys import store
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.kernel.locale import LOCALES
from warmline.runtime.database import Database

NAMES = ("pull", "push")


class Server(Struct, frozen=True):
    """What is published now: journeys with their versions, the company's own texts, and when each was written."""

    journeys: dict[str, tuple[int, Journey]]
    texts: Texts
    written_at: dict[tuple[str, str], datetime]


def add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `pull` and `push`."""
    pull = actions.add_parser("pull", help="write what is published into a folder: Python, and texts per language")
    push = actions.add_parser("push", help="prove what changed in a folder and publish it, all or nothing")
    for action in (pull, push):
        action.add_argument("folder", type=Path)
    pull.add_argument("--tenant", help="the company; left out: that of the folder, or the only one")
    push.add_argument("--check", action="store_true", help="prove only, publish nothing")
    push.add_argument("--locale", choices=LOCALES, default="en", help="the language of a refusal")


def run(arguments: argparse.Namespace) -> int:
    """Carry out `warmline journey pull` or `push`; 0: done, 1: refused, 2: the folder cannot be read."""
    try:
        if arguments.action == "pull":
            return asyncio.run(_pull(arguments.folder, arguments.tenant))
        return asyncio.run(_push(folders.read_folder(arguments.folder), arguments))
    except BadFolder as bad:
        print(bad, file=sys.stderr)
        return 2


async def _pull(root: Path, tenant_id: str | None) -> int:
    async with open_database(installed_config()) as (database, _, _):
        known = await database.tenants()
        named = tenant_id or _tenant_of(root) or (known[0] if len(known) == 1 else None)
        if named not in known:
            print(f"Name the company with --tenant: {', '.join(known)}.", file=sys.stderr)
            return 2
        server = await load_server(database, named)
    changed = folders.write_folder(root, as_folder(named, server))
    for name in changed:
        print(f"written: {name}")
    print(f"{len(server.journeys)} journeys of {named}; {len(changed)} files changed.")
    return 0


def _tenant_of(root: Path) -> str | None:
    return folders.read_folder(root).pulled.tenant if (root / folders.LOCK).exists() else None


def as_folder(tenant_id: str, server: Server) -> Folder:
    """Return what is published as the content of a folder."""
    versions = {name: version for name, (version, _) in server.journeys.items()}
    newest = max(server.written_at.values(), default=None)
    journeys = {name: journey for name, (_, journey) in server.journeys.items()}
    return Folder(Pulled(tenant_id, versions, newest), journeys, server.texts)


async def load_server(database: Database, tenant_id: str) -> Server:
    async with database.tenant(tenant_id) as conn:
        lines = {line.id: line.version for line in await store.latest(conn, tenant_id)}
        documents = await store.documents(conn, tenant_id)
        texts: Texts = await store.prompts(conn, tenant_id)
        journeys = {name: (lines[name], msgspec.convert(one, Journey)) for name, one in documents.items()}
        return Server(journeys, texts, await _written_at(conn, tenant_id))


async def _written_at(conn: asyncpg.Connection, tenant_id: str) -> dict[tuple[str, str], datetime]:
    rows = await conn.fetch(
        "SELECT key, channel, max(updated_at) AS at FROM prompt WHERE tenant_id = $1 GROUP BY key, channel",
        tenant_id,
    )
    return {(row["key"], row["channel"]): row["at"] for row in rows}


async def _push(folder: Folder, arguments: argparse.Namespace) -> int:
    config, locale = installed_config(), arguments.locale
    async with open_database(config) as (database, signal, _):
        tenant_id = folder.pulled.tenant
        if tenant_id not in await database.tenants():
            print(f"There is no company {tenant_id} here.", file=sys.stderr)
            return 2
        server = await load_server(database, tenant_id)
        push, behind = folders.changed_journeys(folder, server.journeys)
        texts, newer = folders.changed_texts(
            folder, server.texts, folders.texts_of(platform_prompts()), server.written_at
        )
        for name, seen, newest in behind:
            print(f"conflict: {name} was fetched as version {seen}, and is version {newest} by now.")
        for key in newer:
            print(f"conflict: the text {key} was changed on the server since it was fetched.")
        if behind or newer:
            print("Nothing was published. Commit, pull, and merge with git; then push again.", file=sys.stderr)
            return 1
        journeys = publishing(config, database, signal)
        wanted = {name: (folder.journeys[name], newest) for name, newest in push.items()}
        try:
            lines = await journeys.publish_together(
                tenant_id, Actor("command line"), wanted, texts, locale, dry=arguments.check
            )
        except Refused as refused:
            print(refused.details.get("report") or f"{refused.text} {refused.fix}", file=sys.stderr)
            return 1
        _tell(list(wanted), texts, print)
        if arguments.check:
            print("All of it can be published.")
            return 0
        after = await load_server(database, tenant_id)
    folders.write_lock(arguments.folder, _pulled_now(folder, after))
    for line in lines:
        print(f"{line.id} is published as version {line.version}.")
    return 0


def _tell(journeys: list[str], texts: Texts, say: Callable[[str], None]) -> None:
    for name in journeys:
        say(f"changed: {name}")
    for key, channel in sorted(texts):
        say(f"changed: text {key}{' (spoken)' if channel == 'spoken' else ''}")
    if not journeys and not texts:
        say("Nothing changed.")


def _pulled_now(folder: Folder, server: Server) -> Pulled:
    """Return the versions the folder's journeys have now; what others published meanwhile was not seen."""
    fresh = as_folder(folder.pulled.tenant, server)
    versions = {
        name: version
        for name, version in fresh.pulled.journeys.items()
        if server.journeys[name][1] == folder.journeys.get(name) or folder.pulled.journeys.get(name) == version
    }
    return Pulled(folder.pulled.tenant, folder.pulled.journeys | versions, fresh.pulled.prompts_at)
