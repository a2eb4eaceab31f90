"""Long texts in parts that are said one after the other: the first is short, so that it is there soon. Pure."""

import re

_ENDS = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[。！？])\s*(?=\S)|\n+")
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|No|St|vs|ext|approx|e\.g|i\.e|[A-Z])|\b\d{1,2})\.$")
_CLAUSES = re.compile(r"(?<=[,;:])\s+|(?<=[、；：])")
_SHORTEST = 8  # a part of a few letters is spoken with the next one
_PART = 220


def parts(text: str) -> list[str]:
    """Split `text` at the ends of sentences, long sentences also at commas; nothing is lost but white space."""
    sentences: list[str] = []
    for piece in _ENDS.split(text):
        piece = piece.strip()
        if not piece:
            continue
        if sentences and (len(sentences[-1]) < _SHORTEST or _ABBREVIATED.search(sentences[-1])):
            sentences[-1] += _joint(sentences[-1]) + piece
        else:
            sentences.append(piece)
    return [part for sentence in sentences for part in _short_enough(sentence)]


def _short_enough(sentence: str) -> list[str]:
    if len(sentence) <= _PART:
        return [sentence]
    made: list[str] = []
    for clause in _CLAUSES.split(sentence):
        if made and len(made[-1]) + len(clause) < _PART:
            made[-1] += _joint(made[-1]) + clause
        else:
            made += [clause[at : at + 4 * _PART] for at in range(0, len(clause), 4 * _PART)]
    return made


def _joint(before: str) -> str:
    return "" if before[-1:] in "。！？、；：" else " "
