"""English sentences of the telephone, as a person would say them."""

import pytest

from warmline.speech.wording_en import english


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Order ON-26113407 ships", "Order O N, two six one one, three four zero seven ships"),
        ("650-253-0000", "six five zero, two five three, zero zero zero zero"),
        ("+1 (650) 253-0000", "plus one, six five zero, two five three, zero zero zero zero"),
        ("010-1234-5678", "zero one zero, one two three four, five six seven eight"),
        ("$12.50", "twelve dollars and fifty cents"),
        ("$1", "one dollar"),
        ("$0.01", "zero dollars and one cent"),
        ("₩12,500", "twelve thousand five hundred won"),
        ("¥980", "nine hundred eighty yen"),
        ("€1 and £20", "one euro and twenty pounds"),
        ("Sun, Nov 22 at 3:30 PM", "Sunday, November twenty-second at three thirty PM"),
        ("November 3, 2026", "November third, twenty twenty-six"),
        ("2026-10-01", "October first, twenty twenty-six"),
        ("May 5", "May fifth"),
        ("9:00 AM", "nine AM"),
        ("9:05 p.m.", "nine oh five PM"),
        ("15:30", "fifteen thirty"),
        ("12:00", "twelve o'clock"),
        ("5pm", "five PM"),
        ("You are 3rd in line", "You are third in line"),
        ("10-15 minutes", "ten to fifteen minutes"),
        ("Your code is 482913.", "Your code is four eight two, nine one three."),
        ("about order 4821, please", "about order four eight two one, please"),
        ("PIN 4821", "PIN four eight two one"),
        ("card ending ****1234", "card ending in one two three four"),
        ("99.5% of 1,250 people", "ninety-nine point five percent of one thousand two hundred fifty people"),
        ("Mr. Kim & Dr. Lee", "Mister Kim  and  Doctor Lee"),
        ("open 24/7", "open twenty-four seven"),
        ("since 2019", "since twenty nineteen"),
        ("007", "zero zero seven"),
        ("No. 5", "number five"),
        ("ext. 12", "extension twelve"),
        ("Tickets: 15000 won", "Tickets: fifteen thousand won"),
        ("From 1:30 AM. Your place is kept.", "From one thirty AM. Your place is kept."),
        ("We open at 9 AM. Come in.", "We open at nine AM. Come in."),
        ("It is 2 o'clock.", "It is two o'clock."),
        ("The sun may set in June.", "The sun may set in June."),
    ],
)
def test_an_english_caller_hears_what_is_written(written: str, said: str):
    assert english(written) == said
