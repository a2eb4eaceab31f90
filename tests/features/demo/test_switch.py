"""The demo rests and works again, also for processes started later."""

from pathlib import Path

from warmline.features.demo.switch import PauseSwitch


def test_a_pause_holds_for_every_process_and_over_restarts(tmp_path: Path):
    one, other = PauseSwitch(tmp_path), PauseSwitch(tmp_path)
    assert not one.paused
    one.set(True)
    one.set(True)
    assert other.paused
    other.set(False)
    other.set(False)
    assert not one.paused
