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


def no_version_check() -> None:
    """Write whatever was decided, whoever has written meanwhile; numbers already taken are passed over."""
    sound = commit_sql.statement

    @cache
    def unsound(parts: frozenset[str]) -> str:
        sql = sound(parts).replace(" AND c.version = i.expected", "")
        assert sql != sound(parts) or not parts & {"said", "hot", "moved"}, "the version check has moved"
        taken = sql.find("INSERT INTO event")
        if taken >= 0:
            end = _end_of_clause(sql, taken)
            sql = sql[:end] + " ON CONFLICT DO NOTHING" + sql[end:]
        return sql

    commit_sql.statement = unsound


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
    "no-version-check": no_version_check,
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
