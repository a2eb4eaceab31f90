"""What is true of audio, whatever made it."""

import os

import numpy as np
from numpy.typing import NDArray


def pitch_hz(samples: NDArray[np.float32]) -> float:
    """The pitch of a voice where it is clearest, by autocorrelation from 60 to 400 Hz; 0 when there is none."""
    frame = 800
    parts = [samples[at : at + frame] for at in range(0, len(samples) - frame + 1, frame)]
    energies = [float(np.sum(part**2)) for part in parts]
    best, found = 0.4, 0.0
    for part, energy in zip(parts, energies, strict=True):
        if energy < 0.1 * max(energies) or energy == 0:
            continue
        lags = np.correlate(part, part, "full")[frame - 1 :][40:267] / energy
        if lags.max() > best:
            best, found = float(lags.max()), 16_000 / (40 + int(np.argmax(lags)))
    return found


def runs(pid: int) -> bool:
    """Whether a process is there and is not just waiting to be collected."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return _answers(pid)


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not os.path.isdir("/proc/self")
