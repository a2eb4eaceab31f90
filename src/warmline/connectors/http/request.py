"""From an operation and its arguments to an HTTP request."""

import json
import re
from urllib.parse import quote, urlencode

from msgspec import Struct

from warmline.connectors.http.config import BAD_CONNECTOR, HttpConnectorConfig, Operation
from warmline.kernel.errors import Refused

_SLOT = re.compile(r"\{(\w+)\}")


class HttpRequest(Struct, frozen=True):
    """A request ready to send."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None


def check_config(config: HttpConnectorConfig) -> None:
    """Raise Refused (bad_connector) for a configuration that could only fail later."""
    if not config.base_url.startswith(("https://", "http://")):
        raise Refused(BAD_CONNECTOR, connector=config.name, reason="its base URL is not http or https")
    for name, operation in config.operations.items():
        used = set(_SLOT.findall(operation.path)) | set(operation.query.values()) | set(operation.body.values())
        if missing := used - set(operation.arguments):
            reason = f"{name} uses the undeclared arguments {', '.join(sorted(missing))}"
            raise Refused(BAD_CONNECTOR, connector=config.name, reason=reason)
        written = set(_SLOT.findall(operation.path)) | set(operation.query.values())
        if exposed := written & set(operation.secret):
            reason = f"{name} puts the secret {', '.join(sorted(exposed))} into an address, written to logs"
            raise Refused(BAD_CONNECTOR, connector=config.name, reason=reason)
        if not operation.answers:
            raise Refused(BAD_CONNECTOR, connector=config.name, reason=f"{name} declares no answer")


def build_request(
    config: HttpConnectorConfig, operation: Operation, args: dict[str, object], key: str
) -> HttpRequest:
    """Fill the operation's template; path parts are quoted, so that no argument can leave its place.

    Raises KeyError when a declared argument is missing, ValueError when one cannot be part of a path.
    """
    path = _SLOT.sub(lambda match: _path_part(args[match[1]]), operation.path)
    url = config.base_url.rstrip("/") + path
    if operation.query:
        given = {name: str(args[source]) for name, source in operation.query.items() if args[source] is not None}
        url += ("?" + urlencode(given)) if given else ""
    headers = {"Accept": "application/json"}
    if config.key_header is not None:
        headers[config.key_header] = config.key
    if operation.send_key:
        headers["Idempotency-Key"] = key
    body = None
    if operation.body:
        headers["Content-Type"] = "application/json"
        body = json.dumps({name: args[source] for name, source in operation.body.items()}).encode()
    return HttpRequest(operation.method, url, headers, body)


def _path_part(value: object) -> str:
    text = str(value)
    if not text.strip("."):  # "", "." and ".." would change the path's shape, percent-encoded or not
        raise ValueError("a path argument is empty or only dots")
    return quote(text, safe="")
