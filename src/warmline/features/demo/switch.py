"""The demo's pause switch: a file, so that it holds over restarts and for every process of the machine."""

from pathlib import Path


class PauseSwitch:
    """On while its file exists."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "demo-paused"

    @property
    def paused(self) -> bool:
        return self._file.exists()

    def set(self, paused: bool) -> None:
        """Turn the switch."""
        if paused:
            self._file.touch()
        else:
            self._file.unlink(missing_ok=True)
