"""What commands show of themselves."""

from warmline.domain.contact.commands import SecureGiven


def test_digits_keyed_in_unheard_are_not_shown_where_a_command_is_written_down():
    given = SecureGiven("card", "4111111111111111", "k1")
    assert f"{given} {given!r}" == "SecureGiven('card', 16 digits) SecureGiven('card', 16 digits)"
