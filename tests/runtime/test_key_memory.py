"""A process remembers the keys of many customers in little memory, and companies' own keys for good."""

import ctypes
import os
from uuid import UUID

import pytest

from warmline.kernel.ids import new_id
from warmline.runtime.key_memory import KeyMemory

OWN = UUID(int=1)
NONCE, CONTEXT = b"n" * 12, b"onda|message"


def came(memory: KeyMemory, customer_id: UUID | None = None, tenant_id: str = "onda") -> UUID:
    """A customer whose key is read and used once."""
    key_id = customer_id or new_id()
    memory.put(tenant_id, key_id, key_id, os.urandom(32))
    assert memory.key(tenant_id, key_id) is not None
    return key_id


def seals(memory: KeyMemory, key_id: UUID) -> bytes:
    loaded = memory.key("onda", key_id)
    assert loaded is not None
    return loaded[1] + loaded[0].encrypt(NONCE, b"hello", CONTEXT)


class _Mallinfo(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks",
            "keepcost",
        )
    ]  # fmt: skip


def in_use_by_libraries() -> int:
    """Bytes that C libraries hold: Python's small objects are elsewhere, and no trace of Python sees these."""
    try:
        ask = ctypes.CDLL(None).mallinfo2
    except AttributeError:
        pytest.skip("this C library does not tell what it holds")
    ask.restype = _Mallinfo
    return ask().uordblks


def test_twenty_thousand_callers_who_called_once_leave_their_keys_and_no_ciphers_behind() -> None:
    memory = KeyMemory()
    for _ in range(1_000):  # what is kept for the most recent ones is there already
        came(memory)
    before = in_use_by_libraries()
    for _ in range(20_000):
        came(memory)
    assert len(memory) == 21_000
    assert (in_use_by_libraries() - before) / 20_000 < 300  # the tables' share; a cipher alone would be 2,400


def test_a_key_that_was_not_used_for_long_seals_and_opens_as_before() -> None:
    memory = KeyMemory(ready=2)
    mina = came(memory)
    sealed = seals(memory, mina)
    for _ in range(5):
        came(memory)
    assert memory.ready == 2
    assert seals(memory, mina) == sealed
    assert memory.ready == 2


def test_who_talks_now_keeps_a_key_that_is_ready_while_others_come_once() -> None:
    memory = KeyMemory(ready=2)
    mina = came(memory)
    first = memory.key("onda", mina)
    for _ in range(5):
        came(memory)
        assert memory.key("onda", mina) is first


def test_beyond_its_size_memory_forgets_who_was_not_there_for_longest() -> None:
    memory = KeyMemory(3)
    mina, yuki, paul = came(memory), came(memory), came(memory)
    assert memory.of_customer("onda", mina) == mina
    seals(memory, mina)
    came(memory)
    assert len(memory) == 3
    assert memory.knows("onda", mina)
    assert memory.knows("onda", paul)
    assert not memory.knows("onda", yuki)
    assert memory.of_customer("onda", yuki) is None
    with pytest.raises(KeyError):
        memory.key("onda", yuki)


def test_a_companys_own_key_stays_whoever_comes_and_whatever_is_forgotten() -> None:
    memory = KeyMemory(2)
    memory.put_own("onda", OWN, os.urandom(32))
    sealed = seals(memory, OWN)
    for _ in range(5):
        came(memory)
    memory.clear()
    assert memory.knows("onda", OWN)
    assert seals(memory, OWN) == sealed
    assert not memory.knows("rival", OWN)


def test_a_destroyed_key_is_known_to_be_destroyed_and_is_not_ready_any_more() -> None:
    memory = KeyMemory()
    mina, yuki = came(memory), came(memory)
    memory.destroy("onda", mina)
    assert memory.knows("onda", mina)
    assert memory.key("onda", mina) is None
    assert memory.ready == 1
    memory.put("onda", yuki, yuki, None)  # read anew, after another process destroyed it
    assert memory.key("onda", yuki) is None


def test_a_stranger_who_was_recognised_is_asked_for_by_the_key_that_was_put_last() -> None:
    memory = KeyMemory()
    stranger, mina = new_id(), new_id()
    memory.put("onda", stranger, mina, os.urandom(32))
    memory.put("onda", mina, mina, os.urandom(32))
    assert memory.of_customer("onda", mina) == mina
    assert memory.of_customer("onda", stranger) is None
    assert memory.knows("onda", stranger)
    memory.forget_customer("onda", mina)
    assert memory.of_customer("onda", mina) is None


def test_after_missed_news_nothing_of_customers_is_known() -> None:
    memory = KeyMemory()
    mina = came(memory)
    memory.clear()
    assert len(memory) == memory.ready == 0
    assert memory.of_customer("onda", mina) is None
