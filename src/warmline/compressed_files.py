"""Static files that travel small: text is compressed once, and kept for everybody who takes gzip."""

import gzip
import os
from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

TEXT = frozenset({".js", ".css", ".html", ".svg", ".json"})
SMALLEST_BYTES = 1_000  # below this a file fits into one packet anyway
LEVEL = 6


def takes_gzip(accept_encoding: str) -> bool:
    """Whether a browser's `Accept-Encoding` allows gzip: named, and not with a weight of zero."""
    for one in accept_encoding.split(","):
        name, *parameters = (part.strip().lower() for part in one.split(";"))
        if name == "gzip":
            return not any(p.startswith("q=0") and p.strip("q=0.") == "" for p in parameters)
    return False


class CompressedFiles(StaticFiles):
    """As StaticFiles. What is kept is bounded by the files in the folder; a changed file is compressed anew."""

    def __init__(self, *, directory: Path, html: bool = False) -> None:
        super().__init__(directory=directory, html=html)
        self._kept: dict[str, tuple[int, bytes]] = {}

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        asked = Headers(scope=scope)
        plain = FileResponse(full_path, status_code=status_code, stat_result=stat_result)
        worth_it = Path(full_path).suffix in TEXT and stat_result.st_size >= SMALLEST_BYTES
        if not worth_it:
            return super().file_response(full_path, stat_result, scope, status_code)
        if "range" in asked or not takes_gzip(asked.get("accept-encoding", "")):
            answer = super().file_response(full_path, stat_result, scope, status_code)
            answer.headers["vary"] = "accept-encoding"
            return answer
        headers = {
            "content-encoding": "gzip",
            "etag": plain.headers["etag"].rstrip('"') + '-gz"',
            "last-modified": plain.headers["last-modified"],
            "vary": "accept-encoding",
        }
        media_type = guess_type(str(full_path))[0] or "text/plain"
        answer = Response(
            self._compressed(str(full_path), stat_result), status_code, headers, media_type=media_type
        )
        return NotModifiedResponse(answer.headers) if self.is_not_modified(answer.headers, asked) else answer

    def _compressed(self, path: str, found: os.stat_result) -> bytes:
        changed_ns, content = self._kept.get(path, (-1, b""))
        if changed_ns != found.st_mtime_ns:
            content = gzip.compress(Path(path).read_bytes(), LEVEL, mtime=0)
            self._kept[path] = (found.st_mtime_ns, content)
        return content
