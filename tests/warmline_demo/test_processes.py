"""The demo's processes are started with addresses they understand."""

from pathlib import Path

from warmline_demo.processes import demo_commands


def test_everybody_is_sent_to_the_same_house_and_the_shop_to_its_own_data():
    commands = demo_commands("http://127.0.0.1:8420", 8431, Path("/data"))
    assert list(commands) == ["commerce", "customers", "colleagues"]
    assert "ws://127.0.0.1:8420/ws/widget" in commands["customers"]
    assert "http://127.0.0.1:8431" in commands["customers"]
    assert commands["colleagues"][-1] == "http://127.0.0.1:8420"
    assert commands["commerce"][-1] == "/data/demo-shop"
    assert "wss://shop.example/ws/widget" in demo_commands("https://shop.example", 1, Path("/data"))["customers"]


def test_callers_dial_the_house_and_stay_out_of_its_ports():
    commands = demo_commands("http://127.0.0.1:8420", 8431, Path("/data"), ("127.0.0.1", 5060), (30_000, 31_999))
    callers = dict(zip(commands["callers"][3::2], commands["callers"][4::2], strict=True))
    assert callers == {
        "--sip": "127.0.0.1:5060", "--port": "5070", "--media-ports": "29800-29999", "--data": "/data",
        "--control": "http://127.0.0.1:8420",
    }  # fmt: skip


def test_a_house_that_listens_everywhere_is_called_on_this_machine():
    for host in ("0.0.0.0", "localhost"):  # noqa: S104 -- compared, not bound
        commands = demo_commands("http://127.0.0.1:8420", 8431, Path("/data"), (host, 6060))
        assert "127.0.0.1:6060" in commands["callers"]
