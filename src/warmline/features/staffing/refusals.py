"""What staffing refuses."""

from warmline.kernel.errors import declare

BUSY = declare(
    "staffing.busy", 409, "A plan is already being made.", "Wait until it is ready, or stop it, then try again."
)
NOT_READY = declare(
    "staffing.not_ready", 409, "This plan has nothing to publish.", "Wait until it is ready, or make another one."
)
BEING_MADE = declare(
    "staffing.being_made",
    409,
    "This plan is still being made.",
    "Wait until it is ready, or stop it; then change its shifts.",
)
NOTHING_EXPECTED = declare(
    "staffing.nothing_expected",
    422,
    "Nobody is expected in these days.",
    "Choose another source or other days, or describe a usual day.",
)
NOBODY = declare(
    "staffing.nobody", 422, "There is nobody to plan with.", "Give agents a routing profile, then plan again."
)
NO_PATTERN = declare("staffing.no_pattern", 422, "There is no shift pattern.", "Add one to the staffing settings.")
