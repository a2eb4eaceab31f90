"""What an operation declares of itself to journeys: its arguments, and each answer with its fields."""

from warmline.connectors.http.config import FieldKind, Operation
from warmline.domain.journey.tasks import AnswerField, Kind, TaskSpec

KINDS: dict[FieldKind, Kind] = {
    "text": "text", "number": "number", "integer": "number", "flag": "flag", "date": "date",
    "datetime": "datetime", "phone": "phone",
}  # fmt: skip


def spec_of(operation: Operation) -> TaskSpec:
    """Return an operation as the journey checker knows tasks: one answer for each declared status."""
    answers = tuple(
        {
            **{
                field.name: AnswerField(KINDS[field.kind], optional=not (field.required and 200 <= status < 300))
                for field in operation.fields
            },
            **{name: AnswerField(constant=(value,)) for name, value in constants.items()},
        }
        for status, constants in operation.answers.items()
    )
    # An operation that answers nothing still declares so, by one answer without fields.
    return TaskSpec(
        answers or ({},),
        required=frozenset(operation.arguments),
        impersonal=frozenset(operation.impersonal),
        secret=frozenset(operation.secret),
    )
