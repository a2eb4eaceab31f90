"""Random numbers used once: fetched from the system by the hundred, because asking costs more than encrypting."""

import os
from collections import deque

NONCE_BYTES = 12
FETCHED = 256  # nonces a system call


class Nonces:
    """A stock of random 96-bit nonces. Each is handed out once, also to threads and after a fork.

    Source: NIST SP 800-38D, section 8.2.2 (RBG-based construction).
    """

    def __init__(self) -> None:
        self._stock: deque[bytes] = deque()
        os.register_at_fork(after_in_child=self._stock.clear)  # the parent will use what was copied

    def take(self) -> bytes:
        """Return a nonce nobody has had."""
        try:
            return self._stock.popleft()
        except IndexError:
            block = os.urandom(NONCE_BYTES * FETCHED)
            self._stock.extend(block[at : at + NONCE_BYTES] for at in range(NONCE_BYTES, len(block), NONCE_BYTES))
            return block[:NONCE_BYTES]
