"""Every kind of setting can be read, written and removed at the command line."""

import argparse
import io
import json
from pathlib import Path

import pytest

from warmline.features.admin.cli import add_commands, run
from warmline.features.admin.cli_settings import read_document
from warmline.features.security.service import Security
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database

NAMES = {"ko": "주문", "ja": "注文", "en": "Orders"}


class Keyboard:
    def __init__(self, database: Database, security: Security, folder: Path) -> None:
        self._database, self._security, self._folder = database, security, folder
        self.signals: list[str] = []

    async def _hear(self, tenant_id: str, name: str, payload: str) -> None:
        self.signals.append(payload)

    async def type(self, *words: str) -> str:
        parser = argparse.ArgumentParser()
        add_commands(parser.add_subparsers(dest="command"))
        said: list[str] = []
        args = parser.parse_args(["admin", *words])
        await run(args, self._database, self._hear, self._security.passwords, ask=str, say=said.append)
        return "\n".join(said)

    async def apply(self, kind: str, **document: object) -> dict[str, object]:
        file = self._folder / "setting.json"
        file.write_text(json.dumps(document))
        return json.loads(await self.type("apply", "onda", kind, str(file)))


@pytest.fixture
def keyboard(database: Database, security: Security, tmp_path: Path) -> Keyboard:
    return Keyboard(database, security, tmp_path)


async def test_a_queue_is_created_changed_shown_and_removed(keyboard: Keyboard):
    made = await keyboard.apply("queues", id="orders", name=NAMES)
    assert made["name"] == NAMES
    changed = await keyboard.apply("queues", **{**made, "target_s": 90})
    assert changed["target_s"] == 90
    assert changed["version"] != made["version"]
    shown = json.loads(await keyboard.type("show", "onda", "queues"))
    assert [queue["id"] for queue in shown] == ["orders"]
    assert json.loads(await keyboard.type("show", "onda", "queues", "orders")) == changed
    await keyboard.type("remove", "onda", "queues", "orders")
    assert json.loads(await keyboard.type("show", "onda", "queues")) == []
    assert keyboard.signals == ["queue", "queue", "queue"]


async def test_a_change_of_an_outdated_version_is_refused(keyboard: Keyboard):
    made = await keyboard.apply("skills", id="ko", name=NAMES)
    await keyboard.apply("skills", **{**made, "name": {**NAMES, "en": "Korean"}})
    with pytest.raises(Refused, match="changed this first"):
        await keyboard.apply("skills", **made)


async def test_people_and_macros_have_keys_of_their_own_making(keyboard: Keyboard):
    macro = await keyboard.apply("macros", shortcut="hi", title=NAMES, texts=NAMES)
    assert (await keyboard.apply("macros", **{**macro, "shortcut": "hello"}))["id"] == macro["id"]
    person = await keyboard.apply("agents", email="mina@onda.example", name="Mina", roles=["agent"], locale="ko")
    assert "password" not in person
    await keyboard.type("remove", "onda", "agents", str(person["id"]))
    assert json.loads(await keyboard.type("show", "onda", "agents", str(person["id"])))["disabled"] is True


async def test_what_does_not_fit_is_named(keyboard: Keyboard):
    with pytest.raises(Refused, match="name"):
        await keyboard.apply("queues", id="orders")
    with pytest.raises(Refused, match="identifier"):
        await keyboard.type("remove", "onda", "macros", "hello")


def test_a_document_is_an_object_from_a_file_or_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": "orders"}'))
    assert read_document("-") == {"id": "orders"}
    (tmp_path / "list.json").write_text("[]")
    with pytest.raises(Refused, match="object"):
        read_document(str(tmp_path / "list.json"))
    with pytest.raises(Refused):
        read_document(str(tmp_path / "missing.json"))
