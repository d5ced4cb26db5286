"""Lists of numbers as software prints them: NumPy, PyTorch, TensorFlow, JAX, R, MATLAB, LaTeX."""

from __future__ import annotations

import re

_NAMES = "array|asarray|[Tt]ensor|as_tensor|Array|DeviceArray|NDArray|matrix|float|float16|float32"
_NAMES += "|float64|bfloat16|longdouble|int|int32|int64|c|list|tuple|Variable|constant"
_KEYWORD = r"\w+=(?:'[^']*'|\"[^\"]*\"|<[^<>]*>|\([^()]*\)|\[[^][]*\]|[\w.:]+(?:\([\w:]*\))?)"
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)"
_PARTS = tuple(
    (re.compile(pattern, flags), plain)
    for pattern, plain, flags in (
        # <tf.Tensor: shape=(2,), ..., numpy=...>, <tf.Variable 'w:0' ... numpy=...>
        (r"<tf\.\w+[^<>]*?\bnumpy=([^<>]*)>", r"\1", 0),
        (r"^(?:Parameter containing:|\d+-element .*:)\s*", "", 0),
        (r"^(?:>>>?\s*)?(?:(?:Out|In)?\s?\[\d+\]:\s*)?(?:[^\W\d]\w*\s*(?:=|:|<-)\s*)?", "", 0),
        (rf",\s*{_KEYWORD}", "", 0),  # , dtype=float32
        (rf"(?<=\()\s*{_KEYWORD}\s*,", "", 0),
        (r"\bfloat\(['\"]([-+]?inf(?:inity)?)['\"]\)", r"\1", re.IGNORECASE),
        (rf"(?<![\w.])(?:[A-Za-z]\w*\.)*(?:{_NAMES})\s*(?=\()", "", 0),  # np.float64(
        (r"(?<![\w.])(?:[A-Za-z]\w*\.)+(?=inf\b)", "", 0),  # -np.inf
        (r"(?<=[\])}])\.$", "", 0),
        (r"\[,\d+\]", " ", 0),  # a matrix of R: the columns' indices above, each row's before it
        (r"\[\d+,\]([^][]*)", r"[\1]", 0),
        # x = 1×3 single row vector
        (r"^\d+(?:[*x]\d+)+ [A-Za-z]\w*(?: [A-Za-z]\w*)*\s", "", 0),
        (r"\bColumns? \d+(?: (?:through|and|to) \d+)?:?", " ", 0),
        (r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2", 0),
        (r"\\\\|\\;|&|\|", ";", 0),
        (r"\\(?:begin|end)\s*\{\w+\*?\}|\\(?:left|right)|\\[,:! ]|\$", " ", 0),
        (r"\\infty\b", "∞", 0),
        (r"\\(?:cdot|times)\b", "*", 0),
        (r"\{,\}", ",", 0),
        (r"[\"'`“”„]", "", 0),
    )
)
_INDEX_OF_R = re.compile(rf"\[\d+\]\s+(?={_NUMBER})")
_SCALE = re.compile(r"^(1\.0e[+-]\d\d)\s*\*\s+")
# Brackets with none inside, around something of their own: 1.25(3) is no list.
_GROUP = re.compile(r"(?<![\w.%)])[\[({]([^][(){}]*)[])}](?![\w.])")
_CELL = re.compile(r"[^\s;,，]+")


def unwrapped(text: str) -> tuple[str, float, int]:
    """Take brackets, names and what else is no number off a text as `as_keyed` writes it.

    Returns what is left; the factor that MATLAB writes before all of it; how many rows there are,
    where it is a table rather than a list.
    """
    if text.startswith("[1] "):
        text = _INDEX_OF_R.sub(" ", text)
    for pattern, plain in _PARTS:
        text = pattern.sub(plain, text).strip()
    scale = _SCALE.match(text)
    if scale is not None:
        text = text[scale.end() :]
    groups = _GROUP.findall(text)
    rows = [len(_CELL.findall(group)) for group in groups]
    if len(groups) == 1:  # as MATLAB writes a matrix, in rows of equal length
        rows = [len(row.split()) for row in groups[0].split(";")]
        rows = rows if len(set(rows)) == 1 else []
    while (inner := _GROUP.sub(r" \1 ", text)) != text:
        text = inner
    table = len(rows) if max(rows, default=0) > 1 else 1
    return text.strip(), float(scale[1]) if scale is not None else 1.0, table
