"""The command line says what it can do, and refuses with a remedy."""

import subprocess
import sys

import pytest

from warmline.cli import main, parser


def test_every_role_and_tool_has_its_command():
    text = parser().format_help()
    for command in ("up", "web", "worker", "migrate", "admin", "journey"):
        assert command in text


def test_a_demo_that_others_could_reach_is_refused(capsys: pytest.CaptureFixture[str]):
    assert main(["up", "--demo", "--host", "0.0.0.0"]) == 2  # noqa: S104
    assert "without a password" in capsys.readouterr().err


def test_migrating_nothing_says_what_to_set(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("WARMLINE_ADMIN_DATABASE_URL", raising=False)
    assert main(["migrate"]) == 2
    assert "WARMLINE_ADMIN_DATABASE_URL" in capsys.readouterr().err


def test_a_misspelled_setting_stops_every_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("WARMLINE_PROT", "1")
    assert main(["up"]) == 2
    assert "WARMLINE_PROT is not a setting" in capsys.readouterr().err


@pytest.mark.parametrize(("command", "words"), [("admin", "create-agent"), ("journey", "publish")])
def test_a_tool_explains_itself_in_full_when_it_is_asked(
    command: str, words: str, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert words in capsys.readouterr().out


def test_a_role_that_starts_again_does_not_load_the_tools():
    heavy = "{'alembic', 'sqlalchemy', 'fastapi'}"
    look = f"import sys, warmline.cli, warmline.up; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
