"""What presence refuses."""

from warmline.kernel.errors import declare

UNKNOWN_REASON = declare(
    "presence.unknown_reason",
    422,
    "There is no away reason called {reason}.",
    "Use break, lunch, meeting, training, admin or other.",
)
