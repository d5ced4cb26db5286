"""How odd a text looks that may have been decoded wrongly: 0 as people write, 1 as nobody does.

A wrong encoding turns words into rare ideographs, mixes scripts within a word, or puts signs
between letters. Which ideographs are rare, each East Asian character set says itself: its first
level holds the common ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

_WORD = re.compile(r"[^\W\d_]+")
_USUAL_SIGNS = set("°²³€£§·–—―…“”„‘’«»‹›×±•、。，：；（）《》〈〉「」『』・～　−№")
_MIXED = 0.6  # not 1: an ideograph may well stand beside an ASCII letter, as in T恤
# Phonetic and old Latin, old and Asian Cyrillic.
_RARE_LETTERS = (("\u0180", "\u024f"), ("\u0250", "\u02ff"), ("\u0460", "\u052f"))
_RARE = 0.8
_HALF_WIDTH = 0.2  # katakana: old files have them


def oddness(words: Iterable[str], encoding: str) -> float:
    """Return the mean oddness of the characters beyond ASCII; 1 where one has no meaning at all."""
    odd, count = 0.0, 0
    for word in words:
        strange = [c for c in word if not c.isascii()]
        if any(unicodedata.category(c) in ("Co", "Cn", "Cc", "Cs") for c in strange):
            return 1.0
        mixed = {place for found in _WORD.finditer(word) for place in _odd_letters(found)}
        for place, character in enumerate(word):
            if not character.isascii():
                odd += max(_of_one(character, encoding), _MIXED if place in mixed else 0)
                count += 1
    return odd / count if count else 0.0


def _odd_letters(found: re.Match[str]) -> Iterable[int]:
    """Yield the places of the letters of a word that do not go with those beside them."""
    word, start = found[0], found.start()
    scripts = ["LATIN" if c == "µ" else _script(c) for c in word]
    for place, pair in enumerate(pairwise(scripts), start):
        if pair[0] != pair[1] and not {*pair} <= {"CJK", "HIRAGANA", "KATAKANA"}:
            yield from (place, place + 1)
    one_case = word[1:] in (word[1:].lower(), word[1:].upper()) and (
        word[0].isupper() or word[1:] == word[1:].lower()
    )
    only_accents = len(word) > 1 and {*scripts} == {"LATIN"} and not _has_ascii(word)
    if not one_case or only_accents:
        yield from range(start, start + len(word))


def _has_ascii(word: str) -> bool:
    return any(c.isascii() for c in word)


def _of_one(character: str, encoding: str) -> float:
    if character in _USUAL_SIGNS or character == "µ":
        return 0.0
    if "\u2100" <= character <= "\u214f" or "\u3200" <= character <= "\u33ff":
        return 0.1  # units in one character: ℃, ㎡
    if unicodedata.category(character)[0] in "SPN":
        return 0.8
    script = _script(character)
    if script in ("CJK", "HANGUL"):
        return _LEVELS.get(encoding, _of_any_level)(character)
    if script == "HALFWIDTH":
        return _HALF_WIDTH
    return _RARE if any(first <= character <= last for first, last in _RARE_LETTERS) else 0.0


@lru_cache(4096)
def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _of_any_level(_character: str) -> float:
    return 0.0


def _level_of_gb(character: str) -> float:
    return _level(character, "gb2312", 0xB0A1, 0xD7FA, 0xF7FF)


def _level_of_big5(character: str) -> float:
    return _level(character, "big5", 0xA440, 0xC67F, 0xF9FF)


def _level_of_jis(character: str) -> float:
    return _level(character, "shift_jis", 0x889F, 0x9873, 0xEAFF)


def _level_of_korean(character: str) -> float:
    return _level(character, "euc_kr", 0xB0A1, 0xC8FF, 0xFDFF)


def _level(character: str, charset: str, first: int, second: int, end: int) -> float:
    """Return 0 for a character of a set's first level, more for its second, and yet more beyond."""
    try:
        code = int.from_bytes(character.encode(charset), "big")
    except UnicodeEncodeError:
        return 0.7
    return 0.0 if first <= code < second else 0.4 if second <= code <= end else 0.1


_LEVELS: Mapping[str, Callable[[str], float]] = MappingProxyType(
    {
        "gb18030": _level_of_gb,
        "cp950": _level_of_big5,
        "cp932": _level_of_jis,
        "cp949": _level_of_korean,
    }
)
