"""What the twin refuses, and what to do about it."""

from warmline.kernel.errors import declare

NOTHING_RECORDED = declare(
    "twin_nothing_recorded", 422, "No contact waited in a queue on {day}.", "Choose a day with recorded contacts."
)
NO_HISTORY = declare(
    "twin_no_history",
    422,
    "There are no recorded days to forecast {day} from.",
    "Wait until a whole day is recorded, and ask about a day within two months.",
)
NOBODY_THERE = declare(
    "twin_nobody_there", 422, "Nobody is known to have worked on {day}.", "Choose a day somebody worked."
)
NOBODY_SERVES = declare(
    "twin_nobody_serves",
    422,
    "Nobody who works on that day serves the queue {queue_id}.",
    "Choose another queue, or give somebody a routing profile that serves it.",
)
NO_QUEUE = declare(
    "twin_no_queue", 422, "There is no queue {queue_id}. There are: {queues}.", "Choose one of these queues."
)
BOUNDS = declare(
    "twin_bounds", 422, "{field} must be between {low} and {high}.", "Choose a value within these bounds."
)
BUSY = declare(
    "twin_busy", 429, "{count} simulations of your company are not over yet.", "Wait for one to end, or stop one."
)
FAILED = declare(
    "twin_failed", 500, "The simulation broke off.", "Start it again; if it fails again, tell support."
)
SCENARIO = declare(
    "twin_scenario", 422, "The scenario {file} cannot be used: {reason}.", "Correct the file and try again."
)
NO_PROMISE = declare(
    "twin_no_promise", 422, "A service level of {share} cannot be promised.", "Choose a share from 0.01 to 0.99."
)
TOO_MANY_CONTACTS = declare(
    "twin_too_many_contacts",
    422,
    "The day asked for has about {count} contacts; the twin plays up to {most}.",
    "Ask for less volume, or for fewer, smaller or shorter promotions.",
)
TOO_BIG = declare(
    "twin_too_big",
    422,
    "The simulation needs more memory than it may use ({most_mb} MB).",
    "Ask for less volume, smaller promotions or fewer runs.",
)
