"""`warmline admin show | apply | remove`: every kind of setting as JSON, checked and audited as in the API."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast
from uuid import UUID

from pydantic import BaseModel, ValidationError

from warmline.features.admin.people import People
from warmline.features.admin.resources import RESOURCES, Resource
from warmline.features.admin.schemas_people import Agent, AgentChange, AgentNew
from warmline.features.admin.service import Settings
from warmline.features.admin.store import Key, Row
from warmline.features.security.audit import Actor
from warmline.features.security.problems import field_name
from warmline.kernel.errors import INVALID, Refused

KINDS = {resource.path: resource for resource in RESOURCES}
AGENTS = "agents"
COMMANDS = ("show", "apply", "remove")


def add_settings_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the three commands; `KIND` is as in the API's paths."""
    kinds = [*KINDS, AGENTS]
    show = commands.add_parser("show", help="print settings as JSON")
    apply = commands.add_parser("apply", help="create or change a setting from JSON")
    remove = commands.add_parser("remove", help="remove a setting that nothing uses; disable a person")
    for command in (show, apply, remove):
        command.add_argument("tenant")
        command.add_argument("kind", choices=kinds)
    show.add_argument("key", nargs="?", help="one of them; all without")
    apply.add_argument(
        "file", help="a JSON object, or - for standard input; with `version`, only if still that one"
    )
    remove.add_argument("key")


class SettingsCommands:
    """Carries out the three commands as `actor`."""

    def __init__(self, settings: Settings, people: People, actor: Actor, say: Callable[[str], None]) -> None:
        self._settings = settings
        self._people = people
        self._actor = actor
        self._say = say

    async def run(self, args: argparse.Namespace) -> None:
        """Carry out one command. Raises Refused with what to do."""
        match args.admin_command:
            case "show":
                await self._show(args.tenant, args.kind, args.key)
            case "apply":
                document = read_document(args.file)
                await self._apply(args.tenant, args.kind, document)
            case _:
                await self._remove(args.tenant, args.kind, args.key)

    async def _show(self, tenant_id: str, kind: str, key: str | None) -> None:
        if key is not None:
            self._print(kind, await self._one(tenant_id, kind, key))
            return
        resource = KINDS.get(kind)
        rows = await (self._settings.all(tenant_id, resource) if resource else self._people.all(tenant_id))
        self._say(json.dumps([_plain(kind, row) for row in rows], ensure_ascii=False, indent=2))

    async def _one(self, tenant_id: str, kind: str, key: str) -> Row:
        resource = KINDS.get(kind)
        if resource is None:
            return await self._people.one(tenant_id, _uuid(key))
        return await self._settings.one(tenant_id, resource, _key(resource, key))

    async def _apply(self, tenant_id: str, kind: str, document: dict[str, object]) -> None:
        resource = KINDS.get(kind)
        name = resource.key if resource else "id"
        key = document.get(name)
        before = await self._existing(tenant_id, kind, str(key)) if key is not None else None
        if before is None:
            row = await self._create(tenant_id, resource, document)
        else:
            body = {k: v for k, v in document.items() if k not in (name, "created_at")}
            row = await self._change(tenant_id, resource, str(key), {"version": before["version"], **body})
        self._print(kind, row)

    async def _existing(self, tenant_id: str, kind: str, key: str) -> Row | None:
        try:
            return await self._one(tenant_id, kind, key)
        except Refused as refused:
            if refused.code == "not_found":
                return None
            raise

    async def _create(self, tenant_id: str, resource: Resource | None, document: dict[str, object]) -> Row:
        if resource is None:
            return await self._people.create(tenant_id, self._actor, checked(AgentNew, document))
        body = {k: v for k, v in document.items() if not (resource.uuid_key and k == resource.key)}
        return await self._settings.create(tenant_id, self._actor, resource, checked(resource.new, body))

    async def _change(
        self, tenant_id: str, resource: Resource | None, key: str, document: dict[str, object]
    ) -> Row:
        if resource is None:
            return await self._people.change(tenant_id, self._actor, _uuid(key), checked(AgentChange, document))
        change = checked(resource.change, document)
        return await self._settings.change(tenant_id, self._actor, resource, _key(resource, key), change)

    async def _remove(self, tenant_id: str, kind: str, key: str) -> None:
        resource = KINDS.get(kind)
        if resource is None:
            await self._people.disable(tenant_id, self._actor, _uuid(key))
            self._say(f"{key} can no longer sign in.")
        else:
            await self._settings.remove(tenant_id, self._actor, resource, _key(resource, key))
            self._say(f"Removed {key}.")

    def _print(self, kind: str, row: Row) -> None:
        self._say(json.dumps(_plain(kind, row), ensure_ascii=False, indent=2))


def read_document(file: str) -> dict[str, object]:
    """Read a JSON object. Raises Refused `invalid` when it is none."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        document = json.loads(text)
    except (OSError, ValueError) as failure:
        raise Refused(INVALID, field=file, reason=str(failure)) from None
    if not isinstance(document, dict):
        raise Refused(INVALID, field=file, reason="a JSON object is needed")
    return cast("dict[str, object]", document)


Document = TypeVar("Document", bound=BaseModel)


def checked(model: type[Document], document: dict[str, object]) -> Document:
    """Return the document as `model`. Raises Refused `invalid` naming the first field that does not fit."""
    try:
        return model.model_validate(document)
    except ValidationError as failure:
        first = failure.errors(include_input=False)[0]
        raise Refused(INVALID, field=field_name(first["loc"]), reason=first["msg"]) from None


def _plain(kind: str, row: Row) -> object:
    model = KINDS[kind].out if kind in KINDS else Agent
    return model.model_validate({k: v for k, v in row.items() if k in model.model_fields}).model_dump(mode="json")


def _key(resource: Resource, key: str) -> Key:
    return _uuid(key) if resource.uuid_key else key


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(INVALID, field="key", reason="it is not an identifier") from None
