"""Why a contact refuses a command: each with what is the matter and what to do."""

from warmline.kernel.errors import declare

ENDED = declare(
    "contact.ended", 409, "This conversation has ended.", "Start a new conversation; it continues the same case."
)
NOT_YOURS = declare(
    "contact.not_yours",
    409,
    "This contact is not with you now.",
    "Open it from the board to see who has it.",
)
OFFER_GONE = declare(
    "contact.offer_gone",
    409,
    "This offer is no longer open.",
    "Nothing to do: the contact is already with somebody else, or back in its queue.",
)
NOT_QUEUED = declare(
    "contact.not_queued",
    409,
    "This contact is not waiting in a queue.",
    "Read its state again before you offer it.",
)
NO_SUCH_QUEUE = declare(
    "contact.no_such_queue", 422, "There is no queue {queue_id}.", "Choose one of the existing queues."
)
ONE_TARGET = declare(
    "contact.one_target",
    422,
    "A contact moves to a queue or to one agent, not to both or neither.",
    "Set exactly one of queue_id and to_agent_id.",
)
NO_QUEUE = declare(
    "contact.no_queue",
    409,
    "This contact has never been in a queue, so it cannot go to one agent directly.",
    "Move it to a queue first.",
)
MESSAGE_EMPTY = declare("contact.message_empty", 422, "The message is empty.", "Write something or attach a file.")
MESSAGE_TOO_LONG = declare(
    "contact.message_too_long",
    422,
    "The message is longer than {limit} characters.",
    "Shorten it, or send it in parts.",
)
NOT_WRAPPING = declare(
    "contact.not_wrapping",
    409,
    "You have no wrap-up open for this contact.",
    "Nothing to do: it is already closed.",
)
UNKNOWN_OUTCOME = declare(
    "contact.unknown_outcome",
    422,
    "This queue does not have that outcome. It has: {allowed}.",
    "Choose one of the queue's outcomes.",
)
TAKEN_ALREADY = declare(
    "contact.taken_already",
    409,
    "Somebody else has this customer, or they do not wait any more.",
    "Choose another one from the list.",
)
NO_CALLBACK = declare(
    "contact.no_callback", 409, "No call is promised to this customer.", "Nothing to do: read the contact again."
)
CALLBACK_NOT_OFFERED = declare(
    "contact.callback_not_offered",
    409,
    "This queue does not call customers back.",
    "Wait in line, or let an administrator switch callbacks on for the queue.",
)
CALLBACK_WINDOW = declare(
    "contact.callback_window",
    422,
    "A call in that time is not possible: {reason}.",
    "Choose another time within the opening hours of the next 30 days.",
)
NUMBER_UNFIT = declare(
    "contact.number_unfit",
    422,
    "This is not a telephone number in international form.",
    "Write it with + and the country code, such as +82212345678.",
)
UNKNOWN = declare(
    "contact.unknown", 404, "There is no such contact.", "Check the identifier, or search for the customer."
)
