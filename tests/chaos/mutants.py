"""The product with a fault built in on purpose, to prove that the checker would notice it.

Run as `python tests/chaos/mutants.py NAME ROLE …`, where `warmline ROLE …` would run the product itself.
"""

import sys
from collections.abc import Callable
from datetime import datetime
from functools import cache

from warmline.runtime import commit_sql
from warmline.runtime.commit_fold import Fold, Pending, Rows
from warmline.runtime.commit_worker import CommitWorker

Change = Callable[[str], str]


def without_version_check(sql: str) -> str:
    """Write whatever was decided, whoever has written meanwhile."""
    return sql.replace(" AND c.version = i.expected", "")


def without_unique_events(sql: str) -> str:
    """Pass over events whose number or dedupe key is taken, instead of failing with all that was decided."""
    at = 0
    while (taken := sql.find("INSERT INTO event", at)) >= 0:
        at = _end_of_clause(sql, taken)
        sql = sql[:at] + " ON CONFLICT DO NOTHING" + sql[at:]
    return sql


def without_epoch_check(sql: str) -> str:
    """Write what a router decided, whoever leads meanwhile."""
    sql = sql.replace("WHERE i.epoch IS DISTINCT FROM (SELECT epoch FROM lease)", "WHERE false")
    return sql.replace(" AND i.epoch = (SELECT epoch FROM lease)", "")


# The parts of the statement that show whether a change has found what it is to change.
TOUCHED: dict[Change, frozenset[str]] = {
    without_version_check: frozenset({"said", "offered", "hot", "moved"}),
    without_unique_events: frozenset({"said", "offered", "event"}),
    without_epoch_check: commit_sql.FENCED,
}


def unsound(*changes: Change) -> Callable[[frozenset[str]], str]:
    """Return `commit_sql.statement` with these guards taken out. The change of a guard that has moved fails."""
    sound = commit_sql.statement

    @cache
    def statement(parts: frozenset[str]) -> str:
        sql = sound(parts)
        for change in changes:
            before, sql = sql, change(sql)
            assert sql != before or not parts & TOUCHED[change], f"{change.__name__}: the guard has moved"
        return sql

    return statement


def _build_in(*changes: Change) -> Callable[[], None]:
    def build() -> None:
        commit_sql.statement = unsound(*changes)

    return build


def acknowledge_before_commit() -> None:
    """Answer everybody as soon as their command was decided, then write it."""
    sound = CommitWorker._write

    async def hasty(
        self: CommitWorker, tenant_id: str, writing: list[Fold], rows: Rows, lanes: set[str], now: datetime
    ) -> list[Pending]:
        for fold in writing:
            fold.settle()
        return await sound(self, tenant_id, writing, rows, lanes, now)

    CommitWorker._write = hasty


def _end_of_clause(sql: str, start: int) -> int:
    """Return where the parenthesis closes that was open at `start`."""
    depth = 0
    for at in range(start, len(sql)):
        if sql[at] == "(":
            depth += 1
        elif sql[at] == ")":
            if depth == 0:
                return at
            depth -= 1
    raise ValueError("A clause of the statement never ends.")


MUTANTS: dict[str, Callable[[], None]] = {
    "no-version-check": _build_in(without_version_check),
    "no-unique-events": _build_in(without_unique_events),
    "neither-version-check-nor-unique-events": _build_in(without_version_check, without_unique_events),
    "no-epoch-check": _build_in(without_epoch_check),
    "acknowledge-before-commit": acknowledge_before_commit,
}


def main(arguments: list[str]) -> int:
    """Build the fault in, then run the product."""
    name, *rest = arguments
    MUTANTS[name]()
    from warmline.cli import main as warmline

    return warmline(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
