"""One `postgres` process: start it as our child, know when it is ready, and clear away strays."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from warmline.runtime.postgres_account import Account
from warmline.runtime.postgres_binaries import Binaries

READY_LIMIT_S = 300.0  # a crash recovery may replay gigabytes of log
STOP_LIMIT_S = 30.0
POLL_S = 0.02

# For small machines: two cores and a gigabyte or two. `synchronous_commit` is never up for discussion.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "logging_collector": "off",
}


class PostgresFailed(Exception):
    """The database server did not start or ended unexpectedly; the text holds the end of its log."""


def run_program(argv: list[str], account: Account | None, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as `account`, capturing its output. Does not raise on failure."""
    drop: dict[str, Any] = account.spawn_options() if account else {}
    return subprocess.run(argv, capture_output=True, text=True, cwd="/", **drop, **options)  # noqa: S603


class PidFile:
    """`postmaster.pid`: line 1 the process id, line 3 its start second, line 8 its status."""

    def __init__(self, cluster: Path) -> None:
        self._path = cluster / "postmaster.pid"

    def lines(self) -> list[str]:
        """Return the file's lines; empty when there is no file."""
        try:
            return self._path.read_text().splitlines()
        except OSError:
            return []

    def pid(self) -> int | None:
        """Return the process id; None when there is none to read."""
        lines = self.lines()
        try:
            return int(lines[0]) if lines else None
        except ValueError:
            return None

    def ready(self, pid: int) -> bool:
        """Say whether the server with exactly this `pid` accepts connections."""
        lines = self.lines()
        return self.pid() == pid and len(lines) >= 8 and lines[7].strip() == "ready"


def is_postgres_of(pid: int, cluster: Path) -> bool:
    """Say whether process `pid` is a PostgreSQL server working on `cluster` (process ids are reused)."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if Path("/proc/self/cmdline").exists():
            return False
        answer = subprocess.run(  # noqa: S603
            ["/bin/ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True
        )
        command = answer.stdout
    return "postgres" in command and str(cluster) in command


def stop_stray(cluster: Path) -> bool:
    """Stop a server that an earlier, killed Warmline left on `cluster`; say whether there was one.

    Fast stop first (sessions are cut, data is checkpointed), then immediate, then by force: each is safe,
    the last two only cost a recovery at the next start.
    """
    pid = PidFile(cluster).pid()
    if pid is None or not is_postgres_of(pid, cluster):
        return False
    for how, patience_s in ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            return True
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            if not is_postgres_of(pid, cluster):
                return True
            time.sleep(POLL_S)
    raise PostgresFailed(f"The PostgreSQL server {pid} on {cluster} does not stop. End it, then start again.")


class PostgresProcess:
    """A running server on `cluster`, our direct child: never through `pg_ctl`, which leaves an orphan."""

    def __init__(
        self,
        binaries: Binaries,
        cluster: Path,
        account: Account | None,
        log: Path,
        port: int,
        settings: Mapping[str, str],
    ) -> None:
        self._binaries = binaries
        self._cluster = cluster
        self._account = account
        self._log = log
        self._arguments = ["-D", str(cluster), "-c", f"port={port}"]
        for name, value in {**SETTINGS, **settings}.items():
            self._arguments += ["-c", f"{name}={value}"]
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The server's process id; None before `start`."""
        return self._child.pid if self._child else None

    @property
    def ready(self) -> bool:
        """Whether the server is up and accepts connections."""
        child = self._child
        return child is not None and child.returncode is None and PidFile(self._cluster).ready(child.pid)

    def start(self) -> None:
        """Start the server and return when it accepts connections. Raises PostgresFailed.

        After a crash, leftover backends may hold the shared memory for a moment: then start again.
        """
        deadline = time.monotonic() + READY_LIMIT_S
        while True:
            with self._log.open("ab") as log:
                self._child = self._spawn(log)
            if self._wait_ready(deadline):
                return
            tail = self.log_tail()
            held = "pre-existing shared memory" in tail or "lock file" in tail
            if not held or time.monotonic() > deadline:
                raise PostgresFailed(f"PostgreSQL did not start. Its log {self._log} ends with:\n{tail}")
            stop_stray(self._cluster)
            time.sleep(0.2)

    def _spawn(self, log: IO[bytes]) -> "subprocess.Popen[bytes]":
        drop: dict[str, Any] = self._account.spawn_options() if self._account else {}
        argv = [self._binaries.program("postgres"), *self._arguments]
        return subprocess.Popen[bytes](
            argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", umask=0o077,
            start_new_session=True, **drop,
        )  # fmt: skip

    def _wait_ready(self, deadline: float) -> bool:
        assert self._child is not None  # noqa: S101
        pid_file = PidFile(self._cluster)
        while self._child.poll() is None:
            if pid_file.ready(self._child.pid):  # another server's "ready" does not count
                return True
            if time.monotonic() > deadline:
                self.stop()
                raise PostgresFailed(f"PostgreSQL was not ready after {READY_LIMIT_S:.0f} s.\n{self.log_tail()}")
            time.sleep(POLL_S)
        return False

    def wait(self) -> int:
        """Block until the server ends and return its exit status; negative is the signal that killed it."""
        assert self._child is not None  # noqa: S101
        return self._child.wait()

    def stop(self) -> None:
        """Stop fast: cut sessions, write a checkpoint, reap the child."""
        if self._child is None or self._child.poll() is not None:
            return
        self._child.send_signal(signal.SIGINT)
        try:
            self._child.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._child.send_signal(signal.SIGQUIT)
            try:
                self._child.wait(5)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()

    def log_tail(self) -> str:
        """Return the last lines of the server's log."""
        try:
            return "\n".join(self._log.read_text(errors="replace").splitlines()[-12:])
        except OSError:
            return ""
