"""Why a call cannot be made, in words."""

from warmline.kernel.errors import declare

NO_TRUNK = declare(
    "telephone.no_trunk",
    409,
    "No telephone line can be reached.",
    "Check the lines under Telephone > Lines, or try again in a minute.",
)
NOT_REGISTERED = declare(
    "telephone.phone_not_registered",
    409,
    "The desk phone is not connected.",
    "Switch it on, or take the call in the browser.",
)
DRAINING = declare(
    "telephone.draining",
    503,
    "This telephone node is about to stop.",
    "Try again: another node takes the call.",
)
