"""The command line says what it can do, and refuses with a remedy."""

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
