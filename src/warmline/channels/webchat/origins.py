"""Which pages may open a widget's socket."""

from collections.abc import Callable

from warmline.ports.chat import Chat
from warmline.ports.socket import Opening


def own_origin(opening: Opening) -> bool:
    """Whether a page of this very server opened the socket (the widget's frame is one)."""
    return opening.origin is not None and opening.origin.split("://", 1)[-1] == opening.host


def allow_origin(chat: Chat) -> Callable[[Opening], bool]:
    """Return the check made before a socket is accepted; which widget it is for is checked at hello.

    Browsers always send an origin; without one there is no page whose user could be tricked.
    """

    def allow(opening: Opening) -> bool:
        return opening.origin is None or own_origin(opening) or chat.known_origin(opening.origin)

    return allow
