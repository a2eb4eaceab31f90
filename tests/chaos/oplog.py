"""The log outside the product: what was asked, what was promised, what was seen, in the order it happened here."""

import os
import time
from pathlib import Path
from typing import Literal

import msgspec

FSYNC_EVERY = 25  # lines; the log must outlive the machine's memory, but need not slow the customers down

What = Literal[
    "start",  # a customer asks for a conversation
    "opened",  # … and was told its id
    "say",  # a message leaves for the first time; `cid` names it
    "order",  # an agent's command leaves for the first time
    "ack",  # the product promised that `cid` is stored, at `seq`
    "refused",  # … or that it will not be
    "saw",  # an event reached somebody's screen
    "gap",  # a stream had a hole and was resumed
    "twice",  # a stream brought an event again
    "fault",  # the nemesis struck
    "recovered",  # … and it served again
    "ledger",  # what the product's own ledger said some time after a fault
    "ended",  # a customer was told that the conversation is over
]


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line. `at` is the harness's monotonic clock in seconds; `who` is a customer, an agent or "nemesis"."""

    at: float
    who: str
    what: What
    contact: str = ""
    cid: str = ""
    seq: int = 0
    kind: str = ""  # of an event, a command, a fault; the code of a refusal
    ref: str = ""  # the offer of a command
    seconds: float = 0.0  # how long it took; for faults and events: the wall clock's time of it
    count: int = 0


class OpLog:
    """Appends lines to a file, synced to disk every few lines and on `close`."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        self._unsynced = 0
        self.entries: list[Entry] = []

    def write(self, who: str, what: What, **fields: object) -> Entry:
        """Append a line."""
        entry = msgspec.convert({"at": time.monotonic(), "who": who, "what": what, **fields}, Entry)
        self._file.write(msgspec.json.encode(entry) + b"\n")
        self.entries.append(entry)
        self._unsynced += 1
        if self._unsynced >= FSYNC_EVERY:
            self.sync()
        return entry

    def sync(self) -> None:
        """Put everything written so far on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._unsynced = 0

    def close(self) -> None:
        """Sync and close."""
        self.sync()
        self._file.close()


def read(path: Path) -> list[Entry]:
    """Return the lines of a log."""
    decoder = msgspec.json.Decoder(Entry)
    return [decoder.decode(line) for line in path.read_bytes().splitlines()]
