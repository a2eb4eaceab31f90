"""A journey: the document that says what a customer experiences. Frozen, structured, JSON and Python alike.

A journey has sections; a section is a block of steps; steps nest blocks; `Goto` jumps to a section as a tail
call. Nothing here runs: `machine.py` interprets, `checker` proves, `codec.py` reads and writes.
Texts are prompt keys; the texts themselves live per language in the prompt catalogue.
"""

from typing import Literal, cast

from msgspec import Struct


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything in a document: a field nobody knows, such as a misspelled one, is refused."""


class Node(Part, frozen=True, omit_defaults=True, tag_field="step"):
    """Base of every step."""


Block = tuple["Step", ...]
Scalar = str | int | float | bool | None


# --- values and conditions ---------------------------------------------------------------------


class Var(Part, frozen=True, tag_field="value", tag="var"):
    """A variable by dotted path, such as `order.status`. Reading an unset one is refused by the checker."""

    path: str


Value = Var | Scalar


class Combinable(Part, frozen=True):
    """Base of conditions: combined with `&`, `|` and `~`."""

    def __and__(self, other: "Condition") -> "AllOf":
        return AllOf((cast("Condition", self), other))

    def __or__(self, other: "Condition") -> "AnyOf":
        return AnyOf((cast("Condition", self), other))

    def __invert__(self) -> "NotIf":
        return NotIf(cast("Condition", self))


class Compare(Combinable, frozen=True, tag_field="cond", tag="compare"):
    left: Var
    op: Literal["==", "!=", "<", "<=", ">", ">=", "in", "contains", "is_set"]
    right: Value | tuple[Scalar, ...] = None


class AllOf(Combinable, frozen=True, tag_field="cond", tag="all"):
    conditions: tuple["Condition", ...]


class AnyOf(Combinable, frozen=True, tag_field="cond", tag="any"):
    conditions: tuple["Condition", ...]


class NotIf(Combinable, frozen=True, tag_field="cond", tag="not"):
    condition: "Condition"


Condition = Compare | AllOf | AnyOf | NotIf


# --- inputs ------------------------------------------------------------------------------------


class Option(Part, frozen=True, omit_defaults=True):
    """A choice: its `value`, the prompt key of its label, and the key of a prompt listing words that mean it."""

    value: str
    label: str
    words: str | None = None  # by language, with commas between them: "주문", "注文" and "order" all match
    then: Block = ()  # used by Menu and Show only


class ChoiceInput(Part, frozen=True, tag_field="input", tag="choice"):
    options: tuple[Option, ...]


class TextInput(Part, frozen=True, omit_defaults=True, tag_field="input", tag="text"):
    max_length: int = 2000


class DigitsInput(Part, frozen=True, omit_defaults=True, tag_field="input", tag="digits"):
    """Digits only (spaces and hyphens are dropped, full-width forms accepted)."""

    min_length: int = 1
    max_length: int = 32


class NumberInput(Part, frozen=True, omit_defaults=True, tag_field="input", tag="number"):
    minimum: float | None = None
    maximum: float | None = None


class DateInput(Part, frozen=True, omit_defaults=True, tag_field="input", tag="date"):
    """A date in any form usual in ko, ja and en; stored as ISO 8601."""

    past_only: bool = False


class PhoneInput(Part, frozen=True, omit_defaults=True, tag_field="input", tag="phone"):
    """A phone number, stored as E.164. `region` is the default for national forms."""

    region: str = "KR"


class EmailInput(Part, frozen=True, tag_field="input", tag="email"):
    pass


class OrderNumberInput(Part, frozen=True, omit_defaults=True, tag_field="input", tag="order_number"):
    """A number of the shop's own form: full-match `pattern` on the normalised text, then a checksum."""

    pattern: str
    checksum: Literal["none", "luhn", "mod97"] = "none"
    example: str = ""  # a number that fits: shown as a hint, typed by simulated customers; the checker wants one


class FileInput(Part, frozen=True, tag_field="input", tag="file"):
    """Files sent along with a card of the chat, stored by their names; left empty elsewhere, so never required."""


Input = (
    ChoiceInput | TextInput | DigitsInput | NumberInput | DateInput | PhoneInput | EmailInput | OrderNumberInput
    | FileInput
)  # fmt: skip

Sensitivity = Literal["none", "pii", "secret"]  # secret: never stored, shown or logged


# --- steps -------------------------------------------------------------------------------------


class Say(Node, frozen=True, omit_defaults=True, tag="say"):
    prompt: str


class Ask(Node, frozen=True, omit_defaults=True, tag="ask"):
    """Ask until valid input is in `into`; the n-th failure says the n-th escalating prompt (the last repeats)."""

    into: str
    prompt: str
    expect: Input
    give_up: Block
    attempts: int = 3
    no_input_s: float = 180
    no_input: tuple[str, ...] = ("common.no_input",)
    no_match: tuple[str, ...] = ("common.no_match",)
    sensitivity: Sensitivity = "none"


class Menu(Node, frozen=True, omit_defaults=True, tag="menu"):
    """Offer options by tap, number or words; the chosen option's block runs, then the next step."""

    prompt: str
    options: tuple[Option, ...]
    give_up: Block
    attempts: int = 3
    no_input_s: float = 180
    no_input: tuple[str, ...] = ("common.no_input",)
    no_match: tuple[str, ...] = ("common.no_match",)
    into: str | None = None


class When(Node, frozen=True, omit_defaults=True, tag="when"):
    condition: Condition
    then: Block
    otherwise: Block = ()


class Set(Node, frozen=True, omit_defaults=True, tag="set"):
    into: str
    value: Value


class Reason(Node, frozen=True, omit_defaults=True, tag="reason"):
    """Declare the contact reason (intent), for reports, routing and the agent's screen."""

    intent: str


class Invoke(Node, frozen=True, omit_defaults=True, tag="invoke"):
    """Call a backend task. `failed` runs after the last retry; `timed_out` defaults to `failed`.

    `result` names the fields the task answers with (for the checker and the fakes); they are read as
    `into.field`.
    """

    task: str
    into: str
    failed: Block
    args: dict[str, Value] = {}
    result: tuple[str, ...] = ()
    timeout_s: float = 5
    retries: int = 1
    retry_wait_s: float = 1
    timed_out: Block | None = None
    slow_prompt: str | None = None  # said when the answer takes longer than 2 s


class Verify(Node, frozen=True, omit_defaults=True, tag="verify"):
    """Raise the identity assurance to `level` by `method`; already reached, it asks nothing.

    one_time_code: a code goes to the address the backend holds for `subject`; account_pin: the PIN of account
    `subject`; date_of_birth: the birth date of `subject`. Refusals sound the same whether or not the subject
    exists.
    """

    method: Literal["one_time_code", "account_pin", "date_of_birth"]
    subject: Value
    failed: Block
    locked: Block
    level: int = 2
    attempts: int = 3
    unavailable: Block | None = None  # the checking backend is down; defaults to `failed`


class Hours(Node, frozen=True, omit_defaults=True, tag="hours"):
    """Branch by the calendar's state now. A branch that falls through continues after this step."""

    calendar: str
    closed: Block
    holiday: Block | None = None  # defaults to `closed`
    emergency: Block | None = None  # defaults to `closed`
    open: Block = ()


class Announce(Node, frozen=True, omit_defaults=True, tag="announce"):
    """Say the announcements of this slot that are valid now (none is fine)."""

    slot: str


class Enqueue(Node, frozen=True, omit_defaults=True, tag="enqueue"):
    """Wait for a person. Connection ends the journey; only the named branches continue it.

    While waiting, `wait_prompt` is said every `wait_every_s` with `{position}` and `{estimate}`.
    """

    queue: str
    nobody_staffed: Block
    queue_full: Block
    overflow: Block
    overflow_after_s: float = 900
    priority: int = 5
    skills: dict[str, int] = {}
    enter_prompt: str = "queue.enter"
    wait_prompt: str = "queue.wait"
    wait_every_s: float = 60
    callback_after_s: float | None = None  # then a callback is offered
    callback: Block = ()
    callback_prompt: str = "queue.offer_callback"


class Callback(Node, frozen=True, omit_defaults=True, tag="callback"):
    """Promise a callback: asks for the number unless `phone` gives it, then ends explained.

    `at`, a moment in ISO 8601 with its offset, begins the half hour of the call. Where it is not known,
    `ask_time` offers half hours of the next two days in which `calendar` is open (None: any), and as soon as
    possible.
    """

    queue: str
    give_up: Block
    phone: Value = None
    ask_prompt: str = "callback.ask_phone"
    promise_prompt: str = "callback.promised"
    region: str = "KR"
    at: Value = None
    ask_time: bool = False
    calendar: str | None = None
    time_prompt: str = "callback.ask_time"
    promise_at_prompt: str = "callback.promised_at"


class TransferJourney(Node, frozen=True, omit_defaults=True, tag="transfer"):
    """Continue in another published journey; never comes back."""

    journey: str


class CallModule(Node, frozen=True, omit_defaults=True, tag="call"):
    """Run a reusable module (a journey with parameters) and come back with its result in `into`."""

    module: str
    args: dict[str, Value] = {}
    into: str | None = None


class Return(Node, frozen=True, omit_defaults=True, tag="return"):
    value: Value = None


class Survey(Node, frozen=True, omit_defaults=True, tag="survey"):
    """Ask for a score (and, if `comment_prompt` is set, words); silence is an answer too."""

    prompt: str
    metric: Literal["csat", "nps"] = "csat"
    comment_prompt: str | None = None
    no_input_s: float = 120


class Voicemail(Node, frozen=True, omit_defaults=True, tag="voicemail"):
    """Take a message: spoken after a beep, for `max_s` seconds at most; in writing, as text.

    `give_up` runs when nothing was said.
    """

    prompt: str
    done: Block
    give_up: Block
    max_s: float = 120


class SendLink(Node, frozen=True, omit_defaults=True, tag="send_link"):
    """Send a short message with a link that opens this very case: in `chat`, or its next question as a `form`.

    `failed` runs where no short messages can be sent, too.
    """

    to: Value
    sent: Block
    failed: Block
    link: Literal["chat", "form"] = "chat"


class Field(Part, frozen=True, omit_defaults=True):
    """One entry of a form: its variable, the prompt key of its label, and what may be entered."""

    into: str
    label: str
    expect: Input
    required: bool = True
    sensitivity: Sensitivity = "none"
    group: str | None = None  # prompt key of a heading: on a card, neighbours of one group fold under it


class Show(Node, frozen=True, omit_defaults=True, tag="show"):
    """Show a card: a title, texts, a form and decisions; the chosen option's block runs, then the next step.

    Where cards cannot be shown, as by telephone, its texts are said and it is asked field by field. A field that
    is not required and left empty is null. Without fields and options the card waits for `next`, the prompt key
    of its button, if there is one. `give_up` runs when no valid answer came.
    """

    title: str
    texts: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    options: tuple[Option, ...] = ()
    next: str | None = None
    give_up: Block = ()
    into: str | None = None
    attempts: int = 3
    no_input_s: float = 600
    no_input: tuple[str, ...] = ("common.form_no_input",)
    no_match: tuple[str, ...] = ("common.no_match",)


class End(Node, frozen=True, omit_defaults=True, tag="end"):
    """End explained: `prompt` is the last thing said."""

    prompt: str
    reason: Literal["contained", "message_taken", "callback_promised"] = "contained"


class Goto(Node, frozen=True, omit_defaults=True, tag="goto"):
    section: str


Step = (
    Say | Ask | Menu | When | Set | Reason | Invoke | Verify | Hours | Announce | Enqueue | Callback
    | TransferJourney | CallModule | Return | Survey | End | Goto | Voicemail | SendLink | Show
)  # fmt: skip


class Journey(Part, frozen=True, omit_defaults=True):
    """A journey (or module, when `parameters` or `returns` are used). Starts at section `start`.

    `on_error` runs when anything unforeseen happens, from any step: nobody is ever cut off. A guide is walked by
    an agent beside a contact, card by card; a help page is read by anybody, and nobody listens there.
    """

    id: str
    on_error: Block
    sections: dict[str, Block]
    kind: Literal["journey", "module", "survey", "guide", "help"] = "journey"
    title: str = ""  # prompt key
    agent_section: str = "agent"  # where "agent" leads, from anywhere
    parameters: tuple[str, ...] = ()
    pii: tuple[str, ...] = ()  # variables that hold personal data
