"""Whose fault it is: `Refused` (our rules), `ProviderFailed` (theirs); anything else is a bug.

Every refusal has a code, an HTTP status, a text that says what, and a fix that says what to do. The
catalogue is the one list of them; the interface translates by code (`errors.<code>`).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ErrorSpec:
    """One refusal: HTTP `status`, English `text` and `fix` (both may hold `{named}` details)."""

    status: int
    text: str
    fix: str


CATALOGUE: dict[str, ErrorSpec] = {}


def declare(code: str, status: int, text: str, fix: str) -> str:
    """Add a refusal to the catalogue and return its code. Raises ValueError when declared twice."""
    if code in CATALOGUE:
        raise ValueError(f"Error code {code} is declared twice. Give the second one another name.")
    CATALOGUE[code] = ErrorSpec(status, text, fix)
    return code


class Refused(Exception):
    """Our rules say no. `code` is in the catalogue; details never hold customer data."""

    def __init__(self, code: str, **details: str | int | float | None) -> None:
        self.code = code
        self.details = details
        self.spec = CATALOGUE[code]
        super().__init__(f"{code}: {self.text} {self.fix}")

    @property
    def text(self) -> str:
        return self._filled(self.spec.text)

    @property
    def fix(self) -> str:
        return self._filled(self.spec.fix)

    def _filled(self, template: str) -> str:
        return template.format_map({k: str(v) for k, v in self.details.items()})


class ProviderFailed(Exception):
    """Somebody else's service failed; `retryable` says whether trying again may help."""

    def __init__(self, text: str, *, retryable: bool) -> None:
        self.retryable = retryable
        super().__init__(text)


NOT_FOUND = declare("not_found", 404, "There is no such {what}.", "Check the identifier, or search for it.")
NOT_ALLOWED = declare(
    "not_allowed", 403, "Your role does not allow this.", "Ask an administrator for the role that does."
)
SIGN_IN = declare("sign_in", 401, "You are not signed in.", "Sign in and try again.")
INVALID = declare("invalid", 422, "{field} is not valid: {reason}.", "Correct the field and send it again.")
CONFLICT = declare(
    "conflict", 409, "Somebody changed this first.", "Reload to see the latest state, then try again."
)
TOO_MANY = declare("too_many", 429, "Too many requests.", "Wait {retry_after_s} seconds and try again.")
