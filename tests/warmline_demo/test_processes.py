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
