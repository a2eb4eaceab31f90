"""Check digits that tell a card or an identity number from any other row of digits."""


def is_card_number(digits: str) -> bool:
    """Return whether 13 to 19 `digits` pass the Luhn check. Source: ISO/IEC 7812-1, annex B."""
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_my_number(digits: str) -> bool:
    """Return whether twelve `digits` carry the check digit of a Japanese individual number.

    Source: Ordinance of the Ministry of Internal Affairs and Communications No. 85 of 2014, article 5.
    """
    if len(digits) != 12:
        return False
    total = sum(int(d) * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(reversed(digits[:11]), start=1))
    remainder = total % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)
