"""No number is used twice under one key."""

import os
import threading

from warmline.runtime.nonces import FETCHED, NONCE_BYTES, Nonces


def test_every_customers_sentence_gets_a_number_of_its_own() -> None:
    nonces = Nonces()
    taken = [nonces.take() for _ in range(3 * FETCHED + 7)]
    assert len(set(taken)) == len(taken)
    assert {len(one) for one in taken} == {NONCE_BYTES}


def test_threads_never_share_a_number() -> None:
    nonces = Nonces()
    hands: list[list[bytes]] = [[] for _ in range(4)]

    def take(hand: list[bytes]) -> None:
        hand.extend(nonces.take() for _ in range(2_000))

    threads = [threading.Thread(target=take, args=(hand,)) for hand in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one for hand in hands for one in hand}) == 8_000


def test_a_forked_process_does_not_repeat_the_numbers_of_its_parent() -> None:
    nonces = Nonces()
    nonces.take()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, b"".join(nonces.take() for _ in range(FETCHED)))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        theirs = pipe.read()
    os.waitpid(child, 0)
    ours = {nonces.take() for _ in range(FETCHED)}
    assert len(theirs) == NONCE_BYTES * FETCHED
    assert not ours & {theirs[at : at + NONCE_BYTES] for at in range(0, len(theirs), NONCE_BYTES)}
