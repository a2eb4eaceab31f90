"""The shop's own database: one SQLite file, seeded once, used from worker threads."""

import secrets
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warmline_demo.commerce.dataset import opening_stock
from warmline_demo.commerce.numbers import normal_order_number
from warmline_demo.commerce.policy import Quote, quote
from warmline_demo.commerce.records import Item, Order, Person

SCHEMA = """
CREATE TABLE IF NOT EXISTS person (
    id TEXT PRIMARY KEY, account TEXT NOT NULL UNIQUE, name TEXT NOT NULL, locale TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE, phone TEXT NOT NULL UNIQUE, birth_date TEXT NOT NULL, pin TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS purchase (
    number TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person(id), currency TEXT NOT NULL,
    status TEXT NOT NULL, placed_day INTEGER NOT NULL, promised_day INTEGER NOT NULL,
    delay_days INTEGER NOT NULL, delay_reason TEXT, tracking TEXT);
CREATE INDEX IF NOT EXISTS purchase_person ON purchase(person_id);
CREATE TABLE IF NOT EXISTS line (
    number TEXT NOT NULL REFERENCES purchase(number), place INTEGER NOT NULL, name TEXT NOT NULL,
    price INTEGER NOT NULL, PRIMARY KEY (number, place));
CREATE TABLE IF NOT EXISTS refund (
    id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, person_id TEXT NOT NULL, amount INTEGER NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE, requested_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS phone_message (
    id INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT NOT NULL, text TEXT NOT NULL, sent_at TEXT NOT NULL,
    idempotency_key TEXT UNIQUE);
CREATE INDEX IF NOT EXISTS phone_message_address ON phone_message(address, id);
"""
KEPT_MESSAGES = 2000


class Store:
    """Orders, people, refunds and the demo's text messages. Methods block: call them from a thread."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA busy_timeout = 5000")
        self._db.executescript(SCHEMA)
        if self._db.execute("SELECT count(*) FROM person").fetchone()[0] == 0:
            self._seed()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _seed(self) -> None:
        stock = opening_stock()
        with self._lock:
            self._db.execute("BEGIN")
            self._db.executemany(
                "INSERT INTO person VALUES (?,?,?,?,?,?,?,?)",
                [(p.id, p.account, p.name, p.locale, p.email, p.phone, p.birth_date, p.pin) for p in stock.people],
            )
            self._db.executemany(
                "INSERT INTO purchase VALUES (?,?,?,?,?,?,?,?,?)",
                [
                    (o.number, o.person_id, o.currency, o.status, o.placed_day, o.promised_day, o.delay_days,
                     o.delay_reason, o.tracking)
                    for o in stock.orders
                ],
            )  # fmt: skip
            self._db.executemany(
                "INSERT INTO line VALUES (?,?,?,?)",
                [(o.number, place, i.name, i.price) for o in stock.orders for place, i in enumerate(o.items)],
            )
            self._db.execute("COMMIT")

    def person(self, person_id: str) -> Person | None:
        return self._person("id = ?", person_id)

    def find_person(self, subject: str) -> Person | None:
        """Return the customer of an order number, account number, customer id, email or E.164 phone number."""
        text = subject.strip()
        if "@" in text:
            return self._person("email = ?", text.lower())
        if text.startswith("+"):
            return self._person("phone = ?", "+" + "".join(c for c in text if c.isdigit()))
        if (number := normal_order_number(text)) is not None and (order := self.order(number)) is not None:
            return self.person(order.person_id)
        return self._person("account = ?", text) or self._person("id = ?", text)

    def order(self, number: str) -> Order | None:
        normal = normal_order_number(number)
        with self._lock:
            row = self._db.execute("SELECT * FROM purchase WHERE number = ?", (normal,)).fetchone()
            return None if row is None else self._order(row)

    def orders_of(self, person_id: str) -> list[Order]:
        """Return a customer's orders, the latest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT * FROM purchase WHERE person_id = ? ORDER BY placed_day DESC, number", (person_id,)
            ).fetchall()
            return [self._order(row) for row in rows]

    def quote(self, order: Order) -> Quote:
        with self._lock:
            return self._quote(order)

    def refund(self, order: Order, idempotency_key: str) -> tuple[Quote, str | None]:
        """Refund an order when its quote is `ok`; return the quote and the refund's id.

        The same key answers with the same refund again, and so does a second try for the same order fail as
        `already`: money leaves once.
        """
        with self._lock:
            row = self._db.execute("SELECT * FROM refund WHERE idempotency_key = ?", (idempotency_key,)).fetchone()
            if row is not None and row["number"] == order.number:
                return Quote("ok", row["amount"], order.currency, arrives_in_days=5), row["id"]
            judged = self._quote(order)
            if judged.verdict != "ok" or row is not None:
                return judged, None
            refund_id = f"R{secrets.token_hex(4).upper()}"
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "INSERT INTO refund VALUES (?,?,?,?,?,?)",
                (refund_id, order.number, order.person_id, judged.amount, idempotency_key, _now_text()),
            )
            if order.status == "preparing":
                self._db.execute("UPDATE purchase SET status = 'cancelled' WHERE number = ?", (order.number,))
            self._db.execute("COMMIT")
            return judged, refund_id

    def add_message(self, address: str, text: str, idempotency_key: str | None = None) -> None:
        """Put a text message into the fake phone (or mailbox) of `address`."""
        with self._lock:
            self._db.execute(
                "INSERT OR IGNORE INTO phone_message (address, text, sent_at, idempotency_key) VALUES (?,?,?,?)",
                (address, text, _now_text(), idempotency_key),
            )
            self._db.execute(
                "DELETE FROM phone_message WHERE id <= (SELECT max(id) FROM phone_message) - ?", (KEPT_MESSAGES,)
            )

    def messages(self, address: str | None, limit: int = 20) -> list[dict[str, object]]:
        """Return the latest messages, newest first; of everybody when `address` is None."""
        with self._lock:
            rows = self._db.execute(
                "SELECT id, address, text, sent_at FROM phone_message WHERE ? IS NULL OR address = ?"
                " ORDER BY id DESC LIMIT ?",
                (address, address, limit),
            ).fetchall()
            return [dict(row) for row in rows]

    def _person(self, where: str, value: str) -> Person | None:
        with self._lock:
            row = self._db.execute(f"SELECT * FROM person WHERE {where}", (value,)).fetchone()
            return None if row is None else Person(**dict(row))

    def _order(self, row: sqlite3.Row) -> Order:
        lines = self._db.execute("SELECT name, price FROM line WHERE number = ? ORDER BY place", (row["number"],))
        return Order(**{**dict(row), "items": tuple(Item(line["name"], line["price"]) for line in lines)})

    def _quote(self, order: Order) -> Quote:
        since = (datetime.now(UTC) - timedelta(days=30)).isoformat()
        refunded = self._db.execute("SELECT 1 FROM refund WHERE number = ?", (order.number,)).fetchone()
        recent = self._db.execute(
            "SELECT count(*) FROM refund WHERE person_id = ? AND requested_at > ?", (order.person_id, since)
        ).fetchone()[0]
        return quote(order, refunded=refunded is not None, recent_refunds=recent)


def _now_text() -> str:
    return datetime.now(UTC).isoformat()
