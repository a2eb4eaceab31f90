"""The embedded database: a PostgreSQL cluster in a data folder, started and kept alive by us."""

import fcntl
import json
import logging
import os
import secrets
import shutil
import socket
import threading
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from warmline.runtime.postgres_account import Account, can_reach, unprivileged_account
from warmline.runtime.postgres_binaries import Binaries, copy_binaries, find_binaries
from warmline.runtime.postgres_process import PidFile, PostgresFailed, PostgresProcess, run_program, stop_stray

LOG = logging.getLogger(__name__)
SUPERUSER = "postgres"
APP_ROLE = "warmline_app"
DATABASE = "warmline"
SYSTEM_HOME = Path("/var/lib/warmline")  # used only when the account cannot reach the data folder
# Under lc_ctype C, pg_trgm drops every Korean and Japanese letter; the byte order of C is kept for speed.
CTYPES = ("C.UTF-8", "en_US.UTF-8")


def free_port() -> int:
    """Return a TCP port that is free on the loopback interface right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class EmbeddedPostgres:
    """PostgreSQL in `data_dir`. One process supervises it; others that start it as well join the running one.

    The port and the passwords are made once and kept in `postgres.json` (mode 600), so that URLs stay valid
    over restarts. A killed server is restarted at once by a thread that waits for it.
    """

    def __init__(self, data_dir: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self._data_dir = data_dir.resolve()
        self._settings = dict(settings or {})
        self._process: PostgresProcess | None = None
        self._lock_fd: int | None = None
        self._stopping = threading.Event()
        self._watcher: threading.Thread | None = None
        self._facts: dict[str, str | int] = {}
        self.restarts = 0

    @property
    def url(self) -> str:
        """The application's URL: a role that cannot bypass row-level security."""
        return self._url(APP_ROLE, str(self._facts["app_password"]))

    @property
    def admin_url(self) -> str:
        """The superuser's URL, for migrations only."""
        return self._url(SUPERUSER, str(self._facts["admin_password"]))

    @property
    def app_password(self) -> str:
        """The password migrations give to the application's role."""
        return str(self._facts["app_password"])

    @property
    def pid(self) -> int | None:
        """The server's process id, when this process supervises it."""
        return self._process.pid if self._process else None

    @property
    def ready(self) -> bool:
        """Whether the server this process supervises accepts connections right now."""
        return self._process is not None and self._process.ready

    @property
    def home(self) -> Path:
        """The folder that holds the cluster: the data folder, or one the server's account can reach."""
        return self._home(unprivileged_account())

    @property
    def binaries(self) -> Binaries:
        """The PostgreSQL programs in use."""
        return find_binaries()

    def _url(self, role: str, password: str) -> str:
        return f"postgresql://{role}:{password}@127.0.0.1:{self._facts['port']}/{DATABASE}"

    def start(self) -> str:
        """Create the cluster when there is none, start it, and return the application's URL.

        Blocks (about 3 s the first time, well under a second later). Raises PostgresFailed.
        """
        self._data_dir.mkdir(parents=True, exist_ok=True)
        if not self._take_lock():
            return self._join()
        account = unprivileged_account()
        self._facts = self._load_facts()
        home = self._home(account)
        home.mkdir(parents=True, exist_ok=True)
        binaries = self._usable_binaries(account, home)
        cluster = home / "cluster"
        stop_stray(cluster)
        if not (cluster / "PG_VERSION").exists():
            self._create(binaries, cluster, account)
        if not _port_is_free(int(self._facts["port"])):
            self._facts["port"] = free_port()
            self._save_facts()
        log = self._data_dir / "postgres.log"
        self._process = PostgresProcess(binaries, cluster, account, log, int(self._facts["port"]), self._settings)
        self._process.start()
        self._stopping.clear()
        self._watcher = threading.Thread(target=self._watch, name="postgres-supervisor", daemon=True)
        self._watcher.start()
        return self.url

    def stop(self) -> None:
        """Stop the server if this process supervises it; leave it alone otherwise."""
        self._stopping.set()
        if self._process is not None:
            self._process.stop()
        if self._watcher is not None:
            self._watcher.join(timeout=60)
            self._watcher = None
        if self._lock_fd is not None:
            os.close(self._lock_fd)
            self._lock_fd = None

    def _watch(self) -> None:
        process = self._process
        assert process is not None  # noqa: S101
        pause_s = 0.05
        while True:
            status = process.wait()
            if self._stopping.is_set():
                return
            LOG.warning("PostgreSQL ended with status %s; starting it again.", status)
            self.restarts += 1
            try:
                process.start()
                pause_s = 0.05
            except PostgresFailed as failure:
                LOG.error("PostgreSQL does not start: %s", failure)
                pause_s = min(pause_s * 2, 5.0)
            if self._stopping.wait(pause_s):
                process.stop()
                return

    def _take_lock(self) -> bool:
        fd = os.open(self._data_dir / "supervisor.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            return False
        self._lock_fd = fd
        return True

    def _join(self) -> str:
        """Wait until the server another living process supervises is ready."""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            self._facts = self._read_facts()
            if self._facts:
                pid_file = PidFile(self._home(unprivileged_account()) / "cluster")
                pid = pid_file.pid()
                if pid is not None and pid_file.ready(pid):
                    return self.url
            time.sleep(0.1)
        raise PostgresFailed(f"Another process supervises PostgreSQL in {self._data_dir}, but it is not ready.")

    def _home(self, account: Account | None) -> Path:
        """Return the folder of the cluster: the data folder unless the account cannot get there."""
        if can_reach(self._data_dir / "cluster", account):
            return self._data_dir
        if account is not None:  # a private parent such as /root: let others pass through our own folder only
            mode = self._data_dir.stat().st_mode
            self._data_dir.chmod(mode | 0o011)
            if can_reach(self._data_dir / "cluster", account):
                return self._data_dir
        return SYSTEM_HOME / f"{self._place()}-{self._facts['cluster_id']}"

    def _place(self) -> str:
        return sha256(str(self._data_dir).encode()).hexdigest()[:16]

    def _remove_forgotten(self) -> None:
        """Remove clusters outside the data folder that belonged to an earlier folder of the same name."""
        for home in SYSTEM_HOME.glob(f"{self._place()}-*"):
            stop_stray(home / "cluster")
            shutil.rmtree(home, ignore_errors=True)

    def _usable_binaries(self, account: Account | None, home: Path) -> Binaries:
        binaries = find_binaries()
        if can_reach(binaries.bin_dir / "postgres", account):
            return binaries
        target = home / "programs"
        target.mkdir(parents=True, exist_ok=True)
        return copy_binaries(binaries, target)

    def _facts_path(self) -> Path:
        return self._data_dir / "postgres.json"

    def _read_facts(self) -> dict[str, str | int]:
        try:
            return dict(json.loads(self._facts_path().read_text()))
        except FileNotFoundError:
            return {}

    def _load_facts(self) -> dict[str, str | int]:
        facts = self._read_facts()
        if facts:
            return facts
        self._remove_forgotten()
        self._facts = {
            "port": free_port(),
            "cluster_id": secrets.token_hex(6),
            "admin_password": secrets.token_urlsafe(24),
            "app_password": secrets.token_urlsafe(24),
        }
        self._save_facts()
        return self._facts

    def _save_facts(self) -> None:
        fresh = self._facts_path().with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as file:
            json.dump(self._facts, file)
        fresh.rename(self._facts_path())

    def _create(self, binaries: Binaries, cluster: Path, account: Account | None) -> None:
        """Initialise beside the final place and move it there when complete: a crash leaves nothing half."""
        fresh = cluster.with_name("cluster.new")
        pwfile = cluster.with_name("initdb.password")
        complaint = ""
        try:
            for ctype in CTYPES:
                shutil.rmtree(fresh, ignore_errors=True)
                fresh.mkdir(mode=0o700)
                pwfile.unlink(missing_ok=True)
                pwfile.touch(mode=0o600)
                pwfile.write_text(str(self._facts["admin_password"]))
                if account is not None:
                    os.chown(fresh, account.uid, account.gid)
                    os.chown(pwfile, account.uid, account.gid)
                made = run_program(
                    [
                        binaries.program("initdb"), "-D", str(fresh), "-U", SUPERUSER, "--pwfile", str(pwfile),
                        "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=libc", "--lc-collate=C",
                        f"--lc-ctype={ctype}", "--lc-messages=C", "--no-instructions",
                    ],
                    account,
                    timeout=300,
                )  # fmt: skip
                if made.returncode == 0:
                    break
                complaint = made.stderr.strip()[-2000:]
            else:
                raise PostgresFailed(f"initdb failed: {complaint}")
            single = [binaries.program("postgres"), "--single", "-D", str(fresh), "postgres"]
            created = run_program(single, account, input=f"CREATE DATABASE {DATABASE}\n", timeout=120)
            if created.returncode != 0:
                raise PostgresFailed(f"The database could not be created: {created.stderr.strip()[-2000:]}")
            fresh.rename(cluster)
        finally:
            pwfile.unlink(missing_ok=True)
            shutil.rmtree(fresh, ignore_errors=True)
