"""CSV that spreadsheets open as intended: RFC 4180, UTF-8 with a mark, and no cell that runs."""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float | None
BOM = "\ufeff"  # without it spreadsheets read Korean and Japanese as something else
# A cell beginning so is a formula to one spreadsheet or another, full-width forms included.
DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠")


def safe_cell(value: Cell) -> Cell:
    """Return text that no spreadsheet takes for a formula; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    if value[:1] in DANGEROUS or value.lstrip()[:1] in DANGEROUS:
        return f"'{value}"
    return value


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a CSV document. Source: RFC 4180, section 2."""
    page = io.StringIO(newline="")
    page.write(BOM)
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return page.getvalue()
