"""How many codes and guesses are allowed, and for how long."""

from msgspec import Struct


class IdentityPolicy(Struct, frozen=True):
    """Limits of identity checks. A subject is the evidence given: an order number, account, email or phone.

    Source: NIST SP 800-63B-4, out-of-band authenticators: used once, valid ten minutes at most.
    """

    code_valid_s: int = 600
    code_tries: int = 5
    sends_per_subject: int = 3  # in `send_window_s`
    sends_per_subject_a_day: int = 10
    sends_per_contact: int = 5
    sends_per_address: int = 3  # in `send_window_s`; beyond it nothing is sent, and the answer stays the same
    sends_per_tenant_an_hour: int = 600
    send_window_s: int = 600
    failures_per_subject: int = 10  # in `lock_window_s`, over all methods and contacts
    failures_per_contact: int = 10
    lock_window_s: int = 1800
    send_again_s: tuple[float, ...] = (2, 8, 20)  # pauses before a code that could not be delivered is sent again
    send_timeout_s: float = 10  # so long the sender may take, each time
    send_floor_s: float = 0.6  # answers about codes take at least this long, known subject or not
    check_floor_s: float = 0.4


LEVELS = {"one_time_code": 2, "account_pin": 2, "date_of_birth": 1}
"""Assurance each method reaches: 1 = knows something others may know, 2 = holds the phone or the secret."""
