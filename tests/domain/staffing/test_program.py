"""A program is written row by row."""

from warmline.domain.staffing.program import UNBOUNDED, Program


def test_rows_keep_their_own_columns():
    program = Program()
    apples, pears = program.column(2.0, 10, whole=True), program.column(3.0, UNBOUNDED, whole=False)
    program.row([(apples, 1.0), (pears, 1.0)], 4, UNBOUNDED)
    program.row([(pears, 5.0)], 0, 7)
    assert (program.cost, program.whole) == ([2.0, 3.0], [True, False])
    assert program.starts == [0, 2, 3]
    assert program.columns[program.starts[1] : program.starts[2]] == [pears]
    assert (program.row_low, program.row_high) == ([4, 0], [UNBOUNDED, 7])
    assert Program().cost == []
