from warmline.sip.timers_sip import Deadlines, Repeat, Times


def test_deadlines_fire_once_in_their_order():
    deadlines = Deadlines()
    deadlines.set("B", 32)
    deadlines.set("A", 0.5)

    assert deadlines.next() == 0.5
    assert deadlines.due(40) == ["A", "B"]
    assert deadlines.due(40) == []
    assert deadlines.next() is None


def test_gaps_double_up_to_the_longest():
    repeat = Repeat(Times())

    assert [repeat.later(0, 4.0) for _ in range(5)] == [1, 2, 4, 4, 4]
    assert Times().long == 32
