"""Digits nobody may hear: counted, checked, forgotten."""

from warmline.channels.voice.secure_input import SecureInput, luhn


def typed(one: SecureInput, keys: str) -> SecureInput:
    for key in keys:
        one.press(key, 0)
    return one


def test_a_card_number_with_a_right_check_digit_is_done_and_shows_its_last_four():
    one = typed(SecureInput("card", 0, 0, 0), "4111111111111111#")
    assert one.shown() == {"what": "card", "digits": 16, "outcome": "done", "masked": "1111"}
    assert one.value() == "4111111111111111"
    assert one.value() == "x" * 16, "it is handed out once"


def test_a_mistyped_card_number_fails_and_hands_out_nothing():
    one = typed(SecureInput("card", 0, 0, 0), "4111111111111112#")
    assert one.outcome == "failed"
    assert one.value() is None


def test_a_pin_is_never_shown_not_even_its_end():
    one = typed(SecureInput("pin", 12, 12, 0), "123456789012")
    assert (one.outcome, one.masked) == ("done", None)


def test_star_begins_anew_and_the_last_possible_digit_ends():
    one = typed(SecureInput("number", 4, 4, 0), "12*3456")
    assert one.value() == "3456"


def test_what_is_cancelled_or_late_says_so_and_counts():
    one = typed(SecureInput("number", 4, 8, 0), "12")
    one.end("timed_out")
    assert one.shown()["outcome"] == "cancelled"
    assert one.shown()["digits"] == 2


def test_the_check_digit_is_computed_as_on_cards():
    assert luhn("79927398713")
    assert not luhn("79927398710")
    assert not luhn("")
