"""Links as mail and chat leave them: escaped twice, broken across lines, a full stop at the end.

What is mended here is told to the reader, who may know better.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import unquote

Query = Mapping[str, Sequence[str]]
# Names and formulas may hold anything, so that nothing in them can be told from damage.
_FREE = frozenset({"names", "formula"})
_LISTS = frozenset({"z", "target", "p", "q", "g", "o", "w", "b"})
_AMPERSAND = r"(?:&(?:amp;|#38;)*|;|＆)"
_BEFORE_NAME = re.compile(r"^(?:\s|\?|&|;|amp;|#38;)+")
_LINE_END = re.compile(r"=?[ \t]{0,9}[\r\n]+[ \t]{0,9}")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_EQUALS_SIGN = "3D"  # of quoted-printable mail: label=3D2
# The markup around a link; Chinese, Japanese and Korean sentences, which go on without a space.
_NEXT_WORDS = re.compile(r"[<#]|\]\(|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONGEST_TAIL = 100  # signs after a link
_TAIL = frozenset(".,;:!?'\"`*~_|-，。；：！？、…([{<（【《［｛＜「『")
_TAIL_KINDS = frozenset({"So", "Pd", "Pi", "Pf"})  # emoji, dashes, quotation marks
_CLOSING = dict(zip(")]}>）】》］｝＞」』", "([{<（【《［｛＜「『", strict=True))


def mended(query: Query, known: Collection[str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the known parameters of a link as they were meant, and those that were mended."""
    found = [*_parted(query, known)]
    if all(value.startswith(_EQUALS_SIGN) for _, value in found) and {n for n, _ in found} - _FREE:
        found = [(name, value.removeprefix(_EQUALS_SIGN)) for name, value in found]
    whole: dict[str, list[str]] = {}
    for place, (name, value) in enumerate(found, start=1):
        text = _tidied(name, value)
        if place == len(found) and name not in _FREE:
            text = _without_tail(text) or text
        whole.setdefault(name, []).append(text)
    changed = {n: v[0] for n, v in whole.items() if v[0] != next(iter(query.get(n, ())), None)}
    return whole, changed


def _parted(query: Query, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield names and values, those as well that an escaped & has left within another value."""
    names = "|".join(sorted(known, key=len, reverse=True))
    joint = re.compile(rf"{_AMPERSAND}(?=(?:{names})\s*[=＝])")
    for raw_name, values in query.items():
        name = _BEFORE_NAME.sub("", _LINE_END.sub("", raw_name)).strip()
        name = name.lower() if name.lower() in known else name  # a phone begins lines in capitals
        for value in values:
            if name in _FREE:
                yield name, value
                continue
            whole = f"{name}={value}" if name in known else unquote(f"{name}={value}".strip("="))
            for part in joint.split(whole):
                own, equals, text = part.replace("＝", "=", 1).partition("=")
                if equals and own.strip() in known:
                    yield own.strip(), text


def _tidied(name: str, value: str) -> str:
    """Take out the ends of lines, and what cannot be in a number or the name of a choice."""
    # Without a comma the end of a line may be what stands between numbers.
    if name != "formula" and (name not in _LISTS or "," in value):
        value = _LINE_END.sub("", value)
    if name in _FREE:
        return value
    if _ESCAPE.search(value):
        value = unquote(value)
    value = "".join(c for c in value if c != "\\" and unicodedata.category(c) != "Cf")
    return value.strip(" \t\u00a0")


def _without_tail(value: str) -> str:
    """Cut what follows a link in a sentence: its full stop, a bracket, the words after it."""
    value = _NEXT_WORDS.split(value, maxsplit=1)[0]
    for last in value[: -_LONGEST_TAIL - 1 : -1]:
        tail = last in _TAIL or unicodedata.category(last) in _TAIL_KINDS
        if not tail and value.count(last) <= value.count(_CLOSING.get(last, last)):
            return value
        value = value[:-1]
    return value
