"""Who keeps journeys in git fetches them as Python, changes them, and publishes what is proved, or is refused."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warmline.cli import main
from warmline.cli_journey_git import Server, as_folder, load_server
from warmline.domain.journey.case import Case, Expectation
from warmline.domain.journey.checker import check
from warmline.domain.journey.stage import Scenery
from warmline.features.contacts.settings_store import platform_prompts
from warmline.features.designer.cases import Cases
from warmline.features.journeys.service import Journeys
from warmline.features.security.audit import Actor
from warmline.kernel.locale import Locale
from warmline.runtime.database import Database

HI: dict[Locale, str] = {"ko": "안녕하세요", "ja": "こんにちは", "en": "Hello"}
ADA = Actor("Ada")


async def _signal(tenant_id: str, name: str, payload: str) -> None:
    assert (tenant_id, name) == ("onda", "settings"), payload


def hello(*prompts: str) -> dict[str, object]:
    end = {"step": "end", "prompt": "hello.bye", "reason": "message_taken"}
    said = [{"step": "say", "prompt": one} for one in prompts]
    sections = {"start": [*said, {"step": "goto", "section": "agent"}], "agent": [end]}
    return {"id": "hello", "on_error": [end], "sections": sections}


@pytest.fixture
async def journeys(database: Database) -> Journeys:
    made = Journeys(database, check, platform_prompts(), {}, _signal)
    for key in ("hello.hi", "hello.bye"):
        await made.put_prompt("onda", ADA, key, "written", HI)
    await made.publish("onda", ADA, "hello", hello("hello.hi"))
    return made


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARMLINE_DATABASE_URL", database_url)
    monkeypatch.setenv("WARMLINE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "git"


async def journey(*arguments: str) -> int:
    return await asyncio.to_thread(main, ["journey", *arguments])


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


async def git(folder: Path, *arguments: str) -> str:
    made = await asyncio.create_subprocess_exec("git", *arguments, cwd=folder, stdout=asyncio.subprocess.PIPE)
    out, _ = await made.communicate()
    assert made.returncode == 0
    return out.decode()


async def test_from_the_first_fetch_over_a_change_in_python_to_its_publication(
    house: Path, journeys: Journeys, database: Database, capsys: pytest.CaptureFixture[str]
):
    assert await journey("pull", str(house), "--tenant", "onda") == 0
    file = house / "journeys" / "hello.py"
    assert 'HELLO = Journey(\n    id="hello",' in file.read_text()
    assert '[hello]\nbye = "안녕하세요"\nhi = "안녕하세요"\n' in (house / "prompts" / "ko.toml").read_text()
    assert await journey("pull", str(house)) == 0
    assert "0 files changed" in capsys.readouterr().out
    assert await journey("push", str(house)) == 0
    assert "Nothing changed." in capsys.readouterr().out

    change(file, 'Say("hello.hi")', "*greeting")
    change(file, "HELLO = ", 'greeting = (Say("hello.hi"), Say("hello.more"))  # said by hand\n\nHELLO = ')
    assert await journey("push", str(house), "--check") == 1
    assert "hello.more" in capsys.readouterr().err
    for locale, text in HI.items():
        change(house / "prompts" / f"{locale}.toml", "\n[hello]\n", f'\n[hello]\nmore = "{text}!"\n')
    assert await journey("push", str(house), "--check") == 0
    assert "All of it can be published." in capsys.readouterr().out
    assert (await journeys.one("onda", "hello", None))[0].version == 1
    assert await journey("push", str(house)) == 0
    assert "hello is published as version 2." in capsys.readouterr().out
    assert (await journeys.one("onda", "hello", None))[1] == hello("hello.hi", "hello.more")
    assert await journey("push", str(house)) == 0
    assert await journey("pull", str(house)) == 0
    assert "journeys/hello.py" not in capsys.readouterr().out
    assert "# said by hand" in file.read_text()  # the same journey in its author's own words stays
    server = await load_server(database, "onda")
    assert server.texts["hello.more", "written"]["en"] == "Hello!"


async def test_what_somebody_published_since_is_not_covered_up(
    house: Path, journeys: Journeys, capsys: pytest.CaptureFixture[str]
):
    assert await journey("pull", str(house), "--tenant", "onda") == 0
    await journeys.publish("onda", ADA, "hello", hello("hello.hi", "hello.hi"))
    await journeys.put_prompt("onda", ADA, "hello.bye", "written", {**HI, "en": "Bye"})
    change(house / "journeys" / "hello.py", 'Say("hello.hi")', 'Say("hello.bye")')
    change(house / "prompts" / "en.toml", 'bye = "Hello"', 'bye = "Farewell"')
    assert await journey("push", str(house)) == 1
    told = capsys.readouterr()
    assert "hello was fetched as version 1, and is version 2 by now" in told.out
    assert "the text hello.bye was changed on the server" in told.out
    assert "Nothing was published." in told.err
    assert (await journeys.one("onda", "hello", None))[0].version == 2


async def test_a_change_reads_as_one_line_in_a_review(house: Path, journeys: Journeys):
    assert await journey("pull", str(house), "--tenant", "onda") == 0
    await git(house, "init", "-q")
    await git(house, "add", ".")
    await git(house, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "x")
    await journeys.publish("onda", ADA, "hello", hello("hello.bye"))
    assert await journey("pull", str(house)) == 0
    told = await git(house, "diff", "-U0", "journeys")
    changed = [line for line in told.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == [
        '-        "start": (Say("hello.hi"), Goto("agent")),',
        '+        "start": (Say("hello.bye"), Goto("agent")),',
    ]


async def test_a_folder_that_cannot_be_read_or_a_company_nobody_knows_is_named(
    house: Path, journeys: Journeys, capsys: pytest.CaptureFixture[str]
):
    assert await journey("push", str(house)) == 2
    assert "warmline journey pull" in capsys.readouterr().err
    assert await journey("pull", str(house)) == 2  # there are two companies
    assert "onda, rival" in capsys.readouterr().err
    assert await journey("pull", str(house), "--tenant", "onda") == 0
    change(house / "journeys" / "hello.py", "Say(", "Shout(")
    assert await journey("push", str(house)) == 2
    assert "hello.py: Line" in capsys.readouterr().err


def test_a_company_without_anything_is_an_empty_folder():
    folder = as_folder("onda", Server({}, {}, {("a", "written"): datetime.fromisoformat("2026-11-22T12:00:00Z")}))
    assert (folder.journeys, folder.texts) == ({}, {})
    assert folder.pulled.prompts_at == datetime.fromisoformat("2026-11-22T12:00:00Z")


async def test_a_push_that_breaks_a_saved_conversation_is_refused_with_it(
    house: Path, journeys: Journeys, database: Database, capsys: pytest.CaptureFixture[str]
):
    start = datetime(2026, 11, 23, 9, tzinfo=UTC)
    greeted = Case("A customer is greeted", "hello", Scenery(start), (), Expectation(said=("hello.hi",)))
    await Cases(database).keep("onda", ADA, greeted, "script")
    assert await journey("pull", str(house), "--tenant", "onda") == 0
    change(house / "journeys" / "hello.py", 'Say("hello.hi")', 'Say("hello.bye")')
    assert await journey("push", str(house), "--check") == 1
    assert await journey("push", str(house)) == 1
    assert "A customer is greeted" in capsys.readouterr().err
    assert (await journeys.one("onda", "hello", None))[0].version == 1
