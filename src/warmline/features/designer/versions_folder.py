"""A company's journeys and texts as a folder for git: the same content always makes the same bytes.

`journeys/<id>.py` holds a journey as a person would write it, `prompts/<language>.toml` the company's own texts,
and `warmline.json` what they were when they were fetched, so that newer work on the server is not covered up.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.journey.document import Goto, Journey
from warmline.domain.journey.prompts import SPOKEN_SUFFIX, parse_catalogue
from warmline.domain.journey.source import BadSource, read_source, write_source
from warmline.domain.journey.walk import START, blocks
from warmline.kernel.locale import LOCALES, Locale

LOCK = "warmline.json"
HEADING = "# Texts of {tenant}. A name with @spoken is the text for voices.\n"

Texts = dict[tuple[str, str], dict[Locale, str]]  # by key and channel


class Pulled(Struct, frozen=True):
    """What was fetched: the version of each journey, and when the newest of the texts was written."""

    tenant: str
    journeys: dict[str, int] = {}
    prompts_at: datetime | None = None


class Folder(Struct, frozen=True):
    """A folder's content."""

    pulled: Pulled
    journeys: dict[str, Journey]
    texts: Texts


class BadFolder(Exception):
    """A file that cannot be read; names it and the reason."""


def write_folder(root: Path, folder: Folder) -> list[str]:
    """Write what differs and return the names of those files.

    A file that says the same journey in its author's own way stays, and so do files of other journeys.
    """
    files = {
        f"journeys/{name}.py": spelled(journey)
        for name, journey in sorted(folder.journeys.items())
        if not _says(root / "journeys" / f"{name}.py", journey)
    }
    for locale in LOCALES:
        files[f"prompts/{locale}.toml"] = _catalogue(folder.pulled.tenant, folder.texts, locale)
    files[LOCK] = _lock(folder.pulled)
    return _written(root, files)


def write_lock(root: Path, pulled: Pulled) -> None:
    """Remember that the folder's content is what the server has."""
    _written(root, {LOCK: _lock(pulled)})


def _lock(pulled: Pulled) -> str:
    return json.dumps(msgspec.to_builtins(pulled), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _says(path: Path, journey: Journey) -> bool:
    try:
        return path.exists() and read_source(path.read_text(encoding="utf-8")) == journey
    except (BadSource, UnicodeDecodeError):
        return False


def _written(root: Path, files: Mapping[str, str]) -> list[str]:
    changed: list[str] = []
    for name, text in files.items():
        path = root / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        changed.append(name)
    return changed


def read_folder(root: Path) -> Folder:
    """Return a folder's content. Raises BadFolder naming the file that cannot be read."""
    try:
        pulled = msgspec.json.decode((root / LOCK).read_bytes(), type=Pulled)
    except FileNotFoundError:
        raise BadFolder(
            f"{root / LOCK} is missing: fetch the journeys with `warmline journey pull` first."
        ) from None
    except msgspec.DecodeError as broken:
        raise BadFolder(f"{root / LOCK}: {broken}") from None
    journeys: dict[str, Journey] = {}
    for path in sorted((root / "journeys").glob("*.py")):
        try:
            journey = read_source(path.read_text(encoding="utf-8"))
        except (BadSource, UnicodeDecodeError) as bad:
            raise BadFolder(f"{path}: {bad}") from None
        if journey.id != path.stem:
            raise BadFolder(f"{path}: the journey in it is called {journey.id}; file and journey have one name.")
        journeys[journey.id] = journey
    return Folder(pulled, journeys, _texts(root))


def _texts(root: Path) -> Texts:
    catalogues: dict[Locale, dict[str, str]] = {}
    for locale in LOCALES:
        path = root / "prompts" / f"{locale}.toml"
        try:
            catalogues[locale] = parse_catalogue(path.read_text(encoding="utf-8")) if path.exists() else {}
        except ValueError as bad:
            raise BadFolder(f"{path}: {bad}") from None
    return texts_of(catalogues)


def texts_of(catalogues: Mapping[Locale, Mapping[str, str]]) -> Texts:
    """Return flat catalogues by key and channel."""
    found: Texts = {}
    for locale, flat in catalogues.items():
        for name, text in flat.items():
            spoken = name.endswith(SPOKEN_SUFFIX)
            key = name.removesuffix(SPOKEN_SUFFIX) if spoken else name
            found.setdefault((key, "spoken" if spoken else "written"), {})[locale] = text
    return found


def spelled(journey: Journey) -> str:
    """Return a journey as Python, its sections in the order in which customers come to them."""
    order = {name: journey.sections[name] for name in reached(journey)}
    name = journey.id.replace("-", "_").upper()
    return write_source(replace(journey, sections=order), f"_{name}" if name[:1].isdigit() else name)


def reached(journey: Journey) -> list[str]:
    """Return the sections from `start` on, as jumps lead to them; then the others by name."""
    found: list[str] = []
    waiting = [START]
    while waiting:
        name = waiting.pop(0)
        if name in found or name not in journey.sections:
            continue
        found.append(name)
        waiting += list(_jumps(journey.sections[name]))
    return [*found, *sorted(set(journey.sections) - set(found))]


def _jumps(steps: Iterable[object]) -> Iterable[str]:
    for step in steps:
        if isinstance(step, Goto):
            yield step.section
        for _, inner in blocks(step):  # pyright: ignore[reportArgumentType] -- every item of a block is a step
            yield from _jumps(inner)


def _catalogue(tenant: str, texts: Texts, locale: Locale) -> str:
    """Return one language's texts, sorted, one table for each first word of the keys."""
    flat: dict[str, dict[str, str]] = {}
    for (key, channel), each in texts.items():
        if locale in each:
            table, _, rest = key.partition(".")
            name = rest + (SPOKEN_SUFFIX if channel == "spoken" else "")
            flat.setdefault(table, {})[name] = each[locale]
    parts = [HEADING.format(tenant=tenant)]
    for table in sorted(flat):
        lines = "".join(f"{_name(name)} = {_quoted(text)}\n" for name, text in sorted(flat[table].items()))
        parts.append(f"[{table}]\n{lines}")
    return "\n".join(parts)


def _name(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else _quoted(name)


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, but for one letter that JSON lets stand.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def changed_journeys(
    folder: Folder, published: Mapping[str, tuple[int, Journey]]
) -> tuple[dict[str, int], list[tuple[str, int, int]]]:
    """Return what to publish, each with the version it stands on, and conflicts as (journey, pulled, newest)."""
    push: dict[str, int] = {}
    conflicts: list[tuple[str, int, int]] = []
    for name, journey in folder.journeys.items():
        newest, now = published.get(name, (0, None))
        if journey == now:
            continue
        seen = folder.pulled.journeys.get(name, 0)
        if seen != newest:
            conflicts.append((name, seen, newest))
        else:
            push[name] = newest
    return push, conflicts


def changed_texts(
    folder: Folder, own: Texts, platform: Texts, written_at: Mapping[tuple[str, str], datetime]
) -> tuple[Texts, list[str]]:
    """Return the texts to write, and the keys that somebody wrote on the server since they were fetched."""
    push: Texts = {}
    conflicts: list[str] = []
    since = folder.pulled.prompts_at
    for name, texts in folder.texts.items():
        now = own.get(name) or platform.get(name, {})
        if all(now.get(locale) == text for locale, text in texts.items()):
            continue
        at = written_at.get(name)
        if at is not None and (since is None or at > since):
            conflicts.append(name[0])
        else:
            push[name] = texts
    return push, sorted(set(conflicts))
