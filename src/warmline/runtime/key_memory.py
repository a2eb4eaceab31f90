"""The keys a process remembers: many customers come once and never again, so each key takes little memory."""

from collections import OrderedDict
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

Loaded = tuple[AESGCM, bytes]  # a key that is ready, and the beginning of every ciphertext under it
Place = tuple[str, int]  # by number: a UUID is hashed and compared by Python code, an integer is not
VERSION = 1  # first byte of every ciphertext and wrapped key
CUSTOMERS = 50_000  # more than a process remembers contacts; another one costs a query
READY = 500  # as many as a process has calls


class KeyMemory:
    """The keys of at most `size` customers, of whom those used last stay; companies' own keys always stay.

    A key that is ready to encrypt holds 2.4 KB in the cipher's library, where no trace of Python's memory sees it;
    its bytes hold a fifth of that with all around them. So at most `ready` are kept ready, the others become it
    when they are used, which takes 3 µs.
    """

    def __init__(self, size: int = CUSTOMERS, ready: int = READY) -> None:
        self._size, self._most_ready = size, ready
        self._own: dict[Place, Loaded] = {}
        self._secrets: OrderedDict[Place, bytes | None] = OrderedDict()  # None: destroyed
        self._customers: OrderedDict[Place, UUID] = OrderedDict()
        self._ready: OrderedDict[Place, Loaded] = OrderedDict()

    def __len__(self) -> int:
        return len(self._secrets)

    @property
    def ready(self) -> int:
        """How many customers' keys are ready to encrypt."""
        return len(self._ready)

    def put_own(self, tenant_id: str, key_id: UUID, secret: bytes) -> None:
        """Remember a company's own key, for good."""
        self._own[tenant_id, key_id.int] = _loaded(key_id, secret)

    def put(self, tenant_id: str, key_id: UUID, customer_id: UUID, secret: bytes | None) -> None:
        """Remember a customer's key; None: it was destroyed. Theirs is the one that is put last."""
        place = whose = (tenant_id, key_id.int)
        if customer_id.int != key_id.int:
            whose = (tenant_id, customer_id.int)
        self._keep(place, secret)
        self._customers[whose] = key_id
        self._customers.move_to_end(whose)
        if len(self._customers) > self._size:
            self._customers.popitem(last=False)

    def knows(self, tenant_id: str, key_id: UUID) -> bool:
        """Whether a key, or that it was destroyed, is remembered."""
        place = (tenant_id, key_id.int)
        return place in self._secrets or place in self._own

    def of_customer(self, tenant_id: str, customer_id: UUID) -> UUID | None:
        """Return the id of a customer's key; None: not remembered."""
        place = (tenant_id, customer_id.int)
        key_id = self._customers.get(place)
        if key_id is not None:
            self._customers.move_to_end(place)
        return key_id

    def key(self, tenant_id: str, key_id: UUID) -> Loaded | None:
        """Return a key that is ready; None: it was destroyed. Raises KeyError for one that is not remembered."""
        place = (tenant_id, key_id.int)
        own = self._own.get(place)
        if own is not None:
            return own
        secret = self._secrets[place]
        self._secrets.move_to_end(place)
        if secret is None:
            return None
        loaded = self._ready.get(place)
        if loaded is None:
            loaded = self._ready[place] = _loaded(key_id, secret)
            if len(self._ready) > self._most_ready:
                self._ready.popitem(last=False)
        else:
            self._ready.move_to_end(place)
        return loaded

    def destroy(self, tenant_id: str, key_id: UUID) -> None:
        """Remember that a key was destroyed, and nothing else of it."""
        self._keep((tenant_id, key_id.int), None)

    def forget_customer(self, tenant_id: str, customer_id: UUID) -> None:
        """Forget which key a customer has."""
        self._customers.pop((tenant_id, customer_id.int), None)

    def clear(self) -> None:
        """Forget all but the companies' own keys."""
        for part in (self._secrets, self._customers, self._ready):
            part.clear()

    def _keep(self, place: Place, secret: bytes | None) -> None:
        self._ready.pop(place, None)
        self._secrets[place] = secret
        self._secrets.move_to_end(place)
        if len(self._secrets) > self._size:
            self._ready.pop(self._secrets.popitem(last=False)[0], None)


def _loaded(key_id: UUID, secret: bytes) -> Loaded:
    return AESGCM(secret), bytes([VERSION]) + key_id.bytes
