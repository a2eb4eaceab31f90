"""A spreadsheet shows what was written, and runs none of it."""

import csv
import io

import pytest

from warmline.features.reports.csv_text import safe_cell, write_csv


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "  =1"]
)
def test_no_text_is_taken_for_a_formula(text: str):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["환불", "a=b", "", None, -1, -0.5, "3-1"])
def test_ordinary_cells_are_left_alone(value: str | float | None):
    assert safe_cell(value) == value


def test_commas_quotes_and_line_ends_survive():
    text = write_csv(["이름", "값"], [['그가 "네, 네"라고\r\n말했어요', 1.5], ["x", None]])
    assert text.startswith("\ufeff이름,값\r\n")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert rows == [["이름", "값"], ['그가 "네, 네"라고\r\n말했어요', "1.5"], ["x", ""]]
