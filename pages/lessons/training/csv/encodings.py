"""In which encodings the bytes of a file are a text, the likeliest first.

UTF-8 and UTF-16 say what they are. In the older ones the same bytes may be a text in several: a
short file gives no more than a guess, so that what fits is offered with what it makes of the file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from charset_normalizer import from_bytes

from pages.lessons.training.csv.oddness import oddness
from pages.writing.refusal import Refused

# What spreadsheets write as "CSV" around the world, and by how much odder a text may look in one
# than in another before that one is thought likelier. This app speaks English and Chinese.
OLDER: Mapping[str, float] = MappingProxyType(
    {
        "gb18030": 0,
        "cp1252": 0,
        "cp950": 0.1,
        "cp932": 0.1,
        "cp949": 0.15,
        "cp1251": 0.15,
        "cp1250": 0.15,
        **dict.fromkeys(
            ("cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"), 0.25
        ),
    }
)
_ZEROS = 8  # in UTF-16 more than one byte of so many is zero: delimiters, digits, ends of lines
_UTF8 = "utf-8-sig"
_UTF8_PRIOR = -0.3  # few other texts are valid in it
_MOST_OFFERED = 6
_NEAR = 0.4  # by how much odder a reading may be than the best, and still be offered
_NOT_DETECTED = 0.1
_SAMPLE, _LONGEST_SAMPLED = 100, 200  # different cells, bytes of each
_PREVIEWED, _LONGEST_PREVIEW = 4, 40  # cells, characters
# Ends of lines, quotes and delimiters are no part of a character in any of these encodings.
_CELL = re.compile(rb'[^\x00-\x1f",;]+')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Fit:
    """An encoding in which a file is a text, and how its first words beyond ASCII read in it."""

    encoding: str
    preview: str


def fitting(data: bytes) -> tuple[Fit, ...]:
    """Return the encodings that fit, the likeliest first, or raise Refused where it is no text."""
    utf16 = _utf16(data)
    if utf16:
        decoded(data, utf16)
        return (Fit(utf16, ""),)
    _check_no_controls(data.decode("latin-1"))
    fault = _fault(data, _UTF8)
    if fault is None and (
        data.isascii() or data.startswith(codecs.BOM_UTF8) or _is_surely_utf8(data)
    ):
        return (Fit(_UTF8, ""),)
    fits = () if fault is not None and _is_broken_utf8(data) else _likeliest(data)
    if not fits:
        decoded(data, _UTF8)  # says where it is none
    return fits


def decoded(data: bytes, encoding: str) -> str:
    """Return the text of a file, or raise Refused with the line where it is none."""
    fault = _fault(data, encoding)
    if fault is not None:
        row = _line_after(data[: fault.start].decode(encoding, "ignore"))
        raise Refused("csv", "encoding", row=row)
    text = data.decode(encoding, _errors(encoding))
    _check_no_controls(text)
    return text


def _fault(data: bytes, encoding: str) -> UnicodeDecodeError | None:
    try:
        data.decode(encoding, _errors(encoding))
    except UnicodeDecodeError as error:
        return error
    return None


def _utf16(data: bytes) -> str:
    """Return which UTF-16 it is, by its mark or by where every ASCII character has a zero byte."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    first, second = data[::2].count(0), data[1::2].count(0)
    if first + second < len(data) / _ZEROS or (first and second):
        return ""
    return "utf-16-be" if first else "utf-16-le"


def _is_surely_utf8(data: bytes) -> bool:
    """Whether its characters beyond ASCII cannot well be those of two bytes of a Chinese text."""
    cells = _sample(data)
    texts = [cell.decode("utf-8") for cell in cells]
    return (
        any(
            max(text) >= "\u0800" or any(c.isascii() and c.isalpha() for c in text) or len(text) > 3
            for text in texts
        )
        or not cells
    )


def _is_broken_utf8(data: bytes) -> bool:
    """Whether most of it is characters of three bytes or more, as no other encoding has them."""
    text = data.decode("utf-8", "replace")
    whole = sum(c >= "\u0800" for c in text) - text.count("\ufffd")
    return whole >= 2 * text.count("\ufffd")


def _likeliest(data: bytes) -> tuple[Fit, ...]:
    """Rate the encodings by how odd the text looks in each, and by what the detector says."""
    cells = _sample(data)
    sample = b"\n".join(cells)
    detected = {
        name: match.chaos
        for match in from_bytes(sample, cp_isolation=list(OLDER), preemptive_behaviour=False)
        for name in match.could_be_from_charset
    }
    rated: dict[str, tuple[float, str]] = {}  # by what it makes of the sample
    for encoding, prior in ((_UTF8, _UTF8_PRIOR), *OLDER.items()):
        if _fault(data, encoding) is None:
            text = sample.decode(encoding, _errors(encoding))
            odd = prior + oddness(text.split("\n"), encoding)
            odd += detected.get(encoding, _NOT_DETECTED)
            if text not in rated or odd < rated[text][0]:
                rated[text] = odd, encoding
    ranking = sorted(rated.values(), key=lambda pair: pair[0])
    near = [encoding for odd, encoding in ranking if odd <= ranking[0][0] + _NEAR]
    if len(near) > 1:  # then those of the app's own languages, too: a sign or two say little
        own = [encoding for _, encoding in ranking if OLDER.get(encoding) == 0]
        near = list(dict.fromkeys([*near[: _MOST_OFFERED - len(own)], *own]))
    return tuple(Fit(encoding, _preview(cells, encoding)) for encoding in near[:_MOST_OFFERED])


def _preview(cells: list[bytes], encoding: str) -> str:
    texts = (cell.decode(encoding, _errors(encoding)).strip() for cell in cells[:_PREVIEWED])
    return ", ".join(texts)[:_LONGEST_PREVIEW]


def _sample(data: bytes) -> list[bytes]:
    cells = (match[0] for match in _CELL.finditer(data))
    some = (cell for cell in cells if not cell.isascii() and len(cell) <= _LONGEST_SAMPLED)
    return list(dict.fromkeys(islice(some, _SAMPLE)))


def _check_no_controls(text: str) -> None:
    control = _CONTROL.search(text)
    if control:
        raise Refused("csv", "binary", row=_line_after(text[: control.start()]))


def _line_after(text: str) -> int:
    return len(_LINE_BREAK.findall(text)) + 1


def _euro(error: UnicodeError) -> tuple[str, int]:
    """Read the byte 0x80 as the euro sign: Windows writes it so in Chinese files, too."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


def _errors(encoding: str) -> str:
    return _EURO if encoding == "gb18030" else "strict"


_EURO = "softmax-lab-euro"
codecs.register_error(_EURO, _euro)
