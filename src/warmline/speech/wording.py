"""Written text as it is said: what only an eye can use goes, what a voice would misread is written out.

Pure. Order numbers digit by digit, phone numbers in groups, dates, times, money, addresses; in ko, ja and en.
"""

import re
import unicodedata

from warmline.kernel.locale import Locale
from warmline.speech.wording_en import english
from warmline.speech.wording_ja import japanese
from warmline.speech.wording_ko import korean

_SPEAK = {"ko": korean, "ja": japanese, "en": english}

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_FENCE = re.compile(r"```[^\n]*\n?|`+|~~")
_BOLD = re.compile(r"(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1")
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+•·▪‣][ \t]+|\|)", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*[-=*_|: ]{3,}$", re.MULTILINE)
_EMOJI = re.compile(
    "[0-9#*]\ufe0f?\u20e3|[\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U0001f000-\U0001faff\U000e0000-\U000e007f]"
)
_FACE = re.compile(r"(?<!\S)(?:[:;]-?[)(DPp]|[\^TㅠㅜㅋㅎwW]{2,}|\^_\^|orz)(?!\S)|[ㅋㅎㅠㅜ]{2,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ADDRESS = re.compile(
    r"(?P<mail>[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?:https?://|www\.)(?P<host>[A-Za-z0-9.-]+)(?::\d+)?(?P<path>/[^\s<>\"'、。）)]*)?",
    re.ASCII,
)
_SIGNS: dict[Locale, dict[str, str]] = {
    "ko": {"@": " 골뱅이 ", ".": " 점 ", "-": " 하이픈 ", "_": " 밑줄 ", "+": " 더하기 ", "/": " 슬래시 "},
    "ja": {"@": " アットマーク ", ".": " ドット ", "-": " ハイフン ", "_": " アンダーバー ", "+": " プラス ",
           "/": " スラッシュ "},
    "en": {"@": " at ", ".": " dot ", "-": " dash ", "_": " underscore ", "+": " plus ", "/": " slash "},
}  # fmt: skip
_SAID_PATH = re.compile(r"(?:/[A-Za-z]{2,20}){1,2}/?")
_PAUSE = {"ko": ". ", "ja": "。", "en": ". "}
_ENDS = re.compile(r"[.!?。！？…:;,、，]$")
MOST_CHARACTERS = 8_000


def spoken(text: str, locale: Locale) -> str:
    """Return `text` as a voice of `locale` should say it: one line, with punctuation for pauses.

    Empty when nothing in it can be said. Longer texts than 8,000 characters are cut at that length.
    """
    said = text[:MOST_CHARACTERS]
    said = _LINK.sub(r"\1", said)
    said = _TAG.sub(" ", said)
    said = _EMOJI.sub(" ", said)
    said = _FACE.sub(" ", said)
    said = unicodedata.normalize("NFKC", said)
    said = _CONTROL.sub(" ", said)
    said = _RULE.sub("", said)
    said = _FENCE.sub("", said)
    said = _ADDRESS.sub(lambda found: _address(found, locale), said)
    said = _LINE_MARK.sub("", said)
    said = _BOLD.sub(r"\2", said)
    said = said.replace("[[", " ").replace("]]", " ").replace("|", ", ")
    said = _SPEAK[locale](_one_line(said, locale))
    said = re.sub(r"[*#^_~=<>\\{}|]+", " ", said)
    said = re.sub(r"\s+", " ", said).strip()
    said = re.sub(r" +([.,!?。、！？])", r"\1", said)
    return said if any(character.isalnum() for character in said) else ""


def _one_line(text: str, locale: Locale) -> str:
    """Lines of a list become sentences: without a pause they run into each other."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    ended = [line if _ENDS.search(line) or n == len(lines) - 1 else line + _PAUSE[locale].strip()
             for n, line in enumerate(lines)]  # fmt: skip
    return ("" if locale == "ja" else " ").join(ended)


def _address(found: re.Match[str], locale: Locale) -> str:
    """Say an e-mail address sign by sign; of a web address the host and a path of plain words."""
    signs = _SIGNS[locale]
    if found["mail"]:
        written, tail = found["mail"], ""
    else:
        host, path = found["host"], found["path"] or ""
        # A stop after an address belongs to the sentence.
        stop = re.search(r"[.,!?]+$", path or host)
        tail = stop[0] if stop else ""
        host, path = (host, path.removesuffix(tail)) if path else (host.removesuffix(tail), "")
        written = host.removeprefix("www.") + (path.rstrip("/") if _SAID_PATH.fullmatch(path) else "")
    parts: list[str] = []
    for piece in re.findall(r"[A-Za-z]+|\d|[^A-Za-z\d]", written):
        parts.append(signs.get(piece, f" {piece} " if piece.isdigit() else piece))
    said = "".join(parts)
    return f" {said}{tail}"
