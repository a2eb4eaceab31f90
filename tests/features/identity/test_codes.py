"""Codes are six digits, kept only as a hash bound to one verification."""

from uuid import UUID

import pytest

from warmline.features.identity.codes import code_hash, digits_of, new_code, normal_subject, unguessable
from warmline.runtime.keyring import Keyring


def test_codes_are_six_digits_and_differ():
    codes = {new_code() for _ in range(300)}
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(codes) > 290


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "１２３４５６", "123-456", "123456です"])
def test_a_customer_may_type_a_code_in_many_ways(typed: str):
    assert digits_of(typed) == "123456"


def test_writing_a_subject_differently_does_not_dodge_its_limits():
    assert (
        len({normal_subject(s) for s in ("ON-26113407", "on 26113407", "ＯＮ－２６１１３４０７", "on26113407")})
        == 1
    )
    assert normal_subject("Kim@Example.com") == normal_subject("kim@example.com ")


def test_a_hash_belongs_to_one_code_one_verification_and_one_tenant(keyring: Keyring):
    one, two = UUID(int=1), UUID(int=2)
    hashes = {
        code_hash(keyring, "onda", one, "123456"),
        code_hash(keyring, "onda", one, "123457"),
        code_hash(keyring, "onda", two, "123456"),
        code_hash(keyring, "rival", one, "123456"),
        unguessable(keyring, "onda", one),
    }
    assert len(hashes) == 5
    assert all(b"123456" not in value for value in hashes)
