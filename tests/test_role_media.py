"""`warmline media` understands its arguments."""

import pytest

from warmline.cli import main, parser
from warmline.role_media import port_range


def test_a_range_of_ports_is_understood():
    assert port_range("30000-31999") == (30000, 31999)


@pytest.mark.parametrize("text", ["30000", "a-b", "31999-30000", "1-100", "30000-70000", "-1-5"])
def test_what_is_no_range_is_said_so(text: str):
    with pytest.raises(ValueError, match="not a range of ports"):
        port_range(text)


def test_a_wrong_range_is_told_on_the_command_line(capsys: pytest.CaptureFixture[str]):
    assert main(["media", "--socket", "/tmp/none", "--ports", "5", "--address", "127.0.0.1"]) == 2  # noqa: S108
    assert "30000-31999" in capsys.readouterr().err


def test_everything_is_asked_for():
    known = parser("media").parse_args(["media", "--socket", "s", "--ports", "3000-3001", "--address", "::1"])
    assert (known.socket, known.ports, known.address, known.alone) == ("s", "3000-3001", "::1", 30.0)
