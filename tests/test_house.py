"""The rules of the house that no linter knows."""

import ast
import importlib
import json
import pkgutil
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

import warmline
from warmline.kernel.errors import CATALOGUE

ROOT = Path(__file__).parent.parent
PYTHON = sorted((ROOT / "src").rglob("*.py"))
LOCALES = ("ko", "ja", "en")
LIMIT = 400
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base_utils"}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def _relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_room_is_crowded():
    crowded = []
    for path in [*PYTHON, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py"), *_web_sources()]:
        lines = len(path.read_text().splitlines())
        if lines > LIMIT:
            crowded.append(f"{_relative(path)}: {lines} lines")
    assert not crowded, f"Split these before adding more (limit {LIMIT}):\n" + "\n".join(crowded)


def _web_sources() -> list[Path]:
    found: list[Path] = []
    for folder in ("src", "widget", "shop"):
        for pattern in ("*.ts", "*.tsx", "*.css"):
            found += (ROOT / "web" / folder).rglob(pattern)
    return found


def test_no_room_is_named_after_nothing():
    named = [
        _relative(p) for p in [*PYTHON, *_web_sources()] if p.stem in BANNED_NAMES or p.parent.name in BANNED_NAMES
    ]
    assert not named, "A file's name says what lives there: " + ", ".join(named)


def _defines_behaviour(path: Path) -> bool:
    """Whether a file has functions worth a test file (declarations of data and wiring of names have none)."""
    tree = _tree(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = [n for n in node.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
            if body:
                return True
    return False


def _test_path(path: Path) -> Path:
    relative = path.relative_to(ROOT / "src")
    parts = relative.parts[1:] if relative.parts[0] == "warmline" else relative.parts
    return ROOT / "tests" / Path(*parts[:-1]) / f"test_{parts[-1]}"


def test_every_room_with_behaviour_has_its_test():
    exempt = {"__main__.py"}
    missing = []
    for path in PYTHON:
        generated = "versions" in path.parts or path.name == "env.py"
        if path.name in exempt or generated or not _defines_behaviour(path):
            continue
        if path.name == "__init__.py":
            missing.append(f"{_relative(path)}: move behaviour out of __init__.py")
        elif not _test_path(path).exists():
            missing.append(f"{_relative(path)} → {_relative(_test_path(path))}")
    assert not missing, "Tests mirror sources; missing:\n" + "\n".join(missing)


CLAIM = re.compile(r"assert|raises|expect|check|verify|run\(|play|never|must")


def test_every_test_asserts_something():
    empty = []
    for path in (ROOT / "tests").rglob("test_*.py"):
        functions = [n for n in ast.walk(_tree(path)) if isinstance(n, FUNCTIONS)]
        claiming = {n.name for n in functions if not n.name.startswith("test_") and CLAIM.search(ast.unparse(n))}
        for node in functions:
            text = ast.unparse(node)
            claims = CLAIM.search(text) or any(f"{name}(" in text for name in claiming)
            if node.name.startswith("test_") and not claims:
                empty.append(f"{_relative(path)}::{node.name}")
    assert not empty, "These tests claim nothing:\n" + "\n".join(empty)


def _flatten(tree: dict[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat


@pytest.mark.parametrize("folder", ["src/warmline/prompts", "src/warmline_demo/content/prompts"])
def test_every_prompt_speaks_korean_japanese_and_english(folder: str):
    texts = {loc: _flatten(tomllib.loads((ROOT / folder / f"{loc}.toml").read_text())) for loc in LOCALES}
    for locale in LOCALES:
        missing = set().union(*texts.values()) - set(texts[locale])
        assert not missing, f"{folder}/{locale}.toml lacks {sorted(missing)}"
        blank = [key for key, text in texts[locale].items() if not text.strip()]
        assert not blank, f"{folder}/{locale}.toml has empty texts: {blank}"


def test_every_interface_text_is_in_three_languages():
    i18n = ROOT / "web" / "src" / "i18n"
    features = {p.name for loc in LOCALES for p in (i18n / loc).glob("*.json")}
    assert features, "no catalogues found"
    for feature in features:
        keys = {loc: set(_flatten(json.loads((i18n / loc / feature).read_text()))) for loc in LOCALES}
        for locale in LOCALES:
            missing = set().union(*keys.values()) - keys[locale]
            assert not missing, f"web/src/i18n/{locale}/{feature} lacks {sorted(missing)}"


def _load_all_modules() -> None:
    for module in pkgutil.walk_packages(warmline.__path__, "warmline."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_every_error_says_what_and_what_to_do():
    _load_all_modules()
    poor = [c for c, spec in CATALOGUE.items() if not spec.text.endswith(".") or not spec.fix.endswith(".")]
    assert not poor, f"Text and fix are sentences: {poor}"
    assert all(400 <= spec.status < 600 for spec in CATALOGUE.values())


def test_every_error_is_translated():
    _load_all_modules()
    for locale in LOCALES:
        known = _flatten(json.loads((ROOT / "web/src/i18n" / locale / "errors.json").read_text()))
        missing = [code for code in CATALOGUE if code not in known or f"{code}.fix" not in known]
        assert not missing, f"web/src/i18n/{locale}/errors.json lacks {missing}"


def test_the_clock_is_read_in_one_place():
    readers = []
    for path in PYTHON:
        if path.name == "clock.py" or "warmline_demo" in path.parts or path.name == "ids.py":
            continue
        for node in ast.walk(_tree(path)):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called in {"datetime.now", "datetime.utcnow", "date.today", "datetime.today"}:
                readers.append(f"{_relative(path)}:{node.lineno}")
    assert not readers, "Ask runtime/clock.py, or take `now` as an argument: " + ", ".join(readers)
