"""A folder for git: the same content makes the same bytes, and what is read is what was written."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from warmline.domain.journey.document import End, Goto, Journey, Menu, Option, Say
from warmline.features.designer.versions_folder import (
    BadFolder,
    Folder,
    Pulled,
    Texts,
    changed_journeys,
    changed_texts,
    reached,
    read_folder,
    spelled,
    texts_of,
    write_folder,
)
from warmline_demo.content.catalogue import JOURNEYS, all_demo_prompts

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
END = (End("bye"),)
MENU = Menu(
    "m", (Option("b", "l", then=(Goto("b"),)), Option("a", "l", then=(Goto("a"),))), give_up=(Goto("agent"),)
)
SHOP = Journey("shop", END, {"a": END, "agent": END, "b": (Say("x"), *END), "lost": END, "start": (MENU,)})
TEXTS: Texts = {
    ("shop.hi", "written"): {"ko": '안녕 "하세요"\n', "ja": "こんにちは", "en": "Hi\x7f"},
    ("shop.hi", "spoken"): {"ko": "안녕", "ja": "どうも", "en": "Hi"},
    ("shop.words.hi", "written"): {"en": "hi, hello"},
}


def test_the_demo_s_journeys_and_texts_come_back_the_same_and_written_twice_change_nothing(tmp_path: Path):
    texts = texts_of(all_demo_prompts())
    folder = Folder(Pulled("onda", {one.id: 3 for one in JOURNEYS}, AT), {one.id: one for one in JOURNEYS}, texts)
    assert len(write_folder(tmp_path, folder)) == len(JOURNEYS) + 4
    assert read_folder(tmp_path) == folder
    assert write_folder(tmp_path, read_folder(tmp_path)) == []


def test_texts_with_quotes_breaks_and_voices_survive(tmp_path: Path):
    folder = Folder(Pulled("onda"), {"shop": SHOP}, TEXTS)
    write_folder(tmp_path, folder)
    assert read_folder(tmp_path) == folder
    assert '"hi@spoken" = "Hi"\n"words.hi" = "hi, hello"' in (tmp_path / "prompts" / "en.toml").read_text()


def test_sections_are_written_as_customers_come_to_them():
    assert reached(SHOP) == ["start", "b", "a", "agent", "lost"]
    places = [spelled(SHOP).index(f'        "{name}": ') for name in reached(SHOP)]
    assert places == sorted(places)


def test_a_journey_whose_name_begins_with_a_digit_is_python_too(tmp_path: Path):
    folder = Folder(Pulled("onda", {"24-hours": 1}, AT), {"24-hours": replace(SHOP, id="24-hours")}, {})
    write_folder(tmp_path, folder)
    assert read_folder(tmp_path) == folder


def test_only_what_was_seen_is_written_over():
    other = Journey("shop", END, {"start": END, "agent": END})
    folder = Folder(Pulled("onda", {"shop": 2}, AT), {"shop": SHOP, "new": Journey("new", END, {})}, TEXTS)
    assert changed_journeys(folder, {"shop": (2, other)}) == ({"new": 0, "shop": 2}, [])
    assert changed_journeys(folder, {"shop": (3, other)}) == ({"new": 0}, [("shop", 2, 3)])
    assert changed_journeys(folder, {"shop": (3, SHOP)}) == ({"new": 0}, [])
    name = ("shop.hi", "spoken")
    before: Texts = {name: {"ko": "x"}, ("shop.hi", "written"): TEXTS["shop.hi", "written"]}
    platform: Texts = {("shop.words.hi", "written"): {"en": "hi, hello"}}
    assert changed_texts(folder, before, platform, {name: AT}) == ({name: TEXTS[name]}, [])
    later = AT.replace(hour=13)
    assert changed_texts(folder, before, platform, {name: later}) == ({}, ["shop.hi"])


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("journeys/shop.py", "J = Shout()", "calls only the kinds"),
        ("journeys/other.py", spelled(SHOP), "one name"),
        ("prompts/ko.toml", "x = 1", "must be a text"),
        ("warmline.json", "{}", "tenant"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, file: str, text: str, reason: str):
    write_folder(tmp_path, Folder(Pulled("onda"), {"shop": SHOP}, TEXTS))
    (tmp_path / file).write_text(text)
    with pytest.raises(BadFolder, match=reason) as bad:
        read_folder(tmp_path)
    assert file in str(bad.value)
