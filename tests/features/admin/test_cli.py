"""Setting up a company at the command line."""

import argparse
import io

import pytest

from warmline.features.admin.cli import add_commands, read_password, run
from warmline.features.security.service import Client, Security
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database


class Terminal:
    """A terminal that types one password and remembers what was said and signalled."""

    def __init__(self, database: Database, security: Security) -> None:
        self.said: list[str] = []
        self.signals: list[str] = []
        self._database, self._security = database, security

    async def _hear(self, tenant_id: str, name: str, payload: str) -> None:
        self.signals.append(payload)

    async def type(self, line: str, password: str = "") -> list[str]:
        parser = argparse.ArgumentParser()
        add_commands(parser.add_subparsers(dest="command"))
        self.said = []
        args = parser.parse_args(["admin", *line.split()])
        await run(
            args, self._database, self._hear, self._security.passwords, ask=lambda: password, say=self.said.append
        )
        return self.said


@pytest.fixture
def terminal(database: Database, security: Security) -> Terminal:
    return Terminal(database, security)


async def test_a_new_company_gets_its_administrator_who_then_signs_in(terminal: Terminal, security: Security):
    said = await terminal.type("create-tenant haru --name Haru --locale ko --time-zone Asia/Seoul")
    assert "create-agent haru" in said[-1]
    await terminal.type("create-agent haru mina@haru.example --name Mina --role admin", "세 척의 조용한 새벽 배")
    session = await security.sign_in("haru", "mina@haru.example", "세 척의 조용한 새벽 배", Client())
    assert session.identity.roles == ("admin",)
    assert (await terminal.type("list haru")) == ["mina@haru.example\tMina\tadmin"]
    assert "haru\tHaru\tAsia/Seoul" in await terminal.type("list")


async def test_a_forgotten_password_is_set_anew_and_ends_every_session(terminal: Terminal, security: Security):
    await terminal.type("create-agent onda mina@onda.example --name Mina --role agent", "three quiet boats")
    old = await security.sign_in("onda", "mina@onda.example", "three quiet boats", Client())
    await terminal.type("set-password onda mina@onda.example", "harbour lights in autumn")
    assert await security.resolve(f"warmline_session={old.token.cookie_value}") is None
    assert await security.sign_in("onda", "mina@onda.example", "harbour lights in autumn", Client())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("create-tenant Haru! --name Haru", "invalid"),
        ("create-tenant onda --name Again", "admin.taken"),
        ("create-tenant haru --name Haru --time-zone Mars/Base", "invalid"),
        ("create-agent nowhere a@b.example --name A --role agent", "not_found"),
        ("create-agent onda a@b.example --name A --role agent", "security.weak_password"),
        ("create-agent onda not-an-email --name A --role agent", "invalid"),
        ("set-password onda nobody@onda.example", "not_found"),
        ("list nowhere", "not_found"),
    ],
)
async def test_a_mistake_is_refused_with_what_to_do(terminal: Terminal, line: str, code: str):
    with pytest.raises(Refused) as refusal:
        await terminal.type(line, "short")
    assert refusal.value.code == code
    assert not terminal.signals


def test_a_password_may_come_through_a_pipe(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("three quiet boats\n"))
    assert read_password() == "three quiet boats"
