"""Whether a database can serve at all: checked at every start, because a wrong one fails silently."""

import asyncpg


class UnfitDatabase(Exception):
    """The database cannot serve Warmline; the text says why and what to do."""


async def check_search(url: str) -> None:
    """Refuse to serve on a database that cannot search Korean and Japanese by index. Raises UnfitDatabase.

    Trigrams are empty under `lc_ctype` C; two-syllable words are searched by keyed bigrams, whose index must
    be usable under row-level security.
    """
    connection = await asyncpg.connect(url)
    try:
        for word in ("환불", "払い戻し"):
            if not await connection.fetchval("SELECT cardinality(show_trgm($1))", word):
                raise UnfitDatabase(
                    f"This database has no trigrams for '{word}', so searches would miss it. "
                    "Create the database with LC_CTYPE C.UTF-8."
                )
        for function, table in (("matching_contacts", "contact_search"), ("matching_customers", "customer")):
            async with connection.transaction():
                await connection.execute("SET LOCAL enable_seqscan = off")  # small tables would rather be scanned
                await connection.execute("SELECT set_config('warmline.tenant', 'self-check', true)")
                await connection.fetch(f"SELECT {function}(ARRAY[42]::bigint[], 1)")
                by_index = await connection.fetchval(
                    "SELECT idx_scan FROM pg_stat_xact_user_tables WHERE relname = $1", table
                )
                if not by_index:
                    raise UnfitDatabase(
                        f"Two-syllable searches in {table} do not use their index. Run migrations."
                    )
    finally:
        await connection.close()
