"""What presence refuses."""

from warmline.kernel.errors import declare

UNKNOWN_REASON = declare(
    "presence.unknown_reason",
    422,
    "There is no away reason called {reason}.",
    "Choose one of the reasons set here, or one of the usual ones where none are set.",
)
