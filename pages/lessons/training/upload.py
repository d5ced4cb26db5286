"""A learner's own file: what it is called, what was chosen of it, and what could be read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from pages.lessons.training.csv.counting import counting_columns
from pages.lessons.training.csv.encodings import Fit, fitting
from pages.lessons.training.csv.file import CsvFile, read_rows
from pages.lessons.training.csv.header import Columns, columns_in
from pages.lessons.training.csv.survey import Survey, survey
from pages.lessons.training.csv.text import MAX_BYTES, CsvText, csv_text
from pages.writing.refusal import Refused

# What leaving rows and columns out can mend.
_MENDABLE = {"missing", "text", "range", "ragged", "missing_label", "long_label"}


@dataclass(frozen=True, eq=False)
class Upload:
    """A file, with the choices about it, and what came of them: data or a refusal.

    fits       the encodings that fit, the likeliest first
    encoding, decimal, header   as the learner chose them; None: as they were found
    label, left_out   the column of the labels, and those that are not used
    gaps       whether rows with gaps are left out
    columns    what there is to choose from; None where it is no table at all
    found      what the columns hold; likewise
    doubt      the refusal of a number with two readings, once there was one
    offer      the same file with the rows and columns left out that are at fault, if that helps
    counting   the number columns that only count the rows
    """

    name: str
    content: bytes
    fits: tuple[Fit, ...] = ()
    encoding: str | None = None
    decimal: str | None = None
    header: bool | None = None
    label: int = 0
    left_out: frozenset[int] = frozenset()
    gaps: bool = False
    columns: Columns | None = None
    found: Survey | None = None
    doubt: Refused | None = None
    file: CsvFile | None = None
    refused: Refused | None = None
    offer: Upload | None = None
    counting: tuple[int, ...] = ()


def given(name: str, content: bytes, before: Upload | None = None) -> Upload:
    """Read a file that has just come, with what still fits of the choices about the one before."""
    upload = Upload(name, content)
    try:
        if len(content) <= MAX_BYTES:  # else it is refused below, by its size
            upload = replace(upload, fits=fitting(content))
        if before is not None:
            fits = before.encoding in [fit.encoding for fit in upload.fits]
            encoding = before.encoding if fits else None
            upload = replace(upload, encoding=encoding, decimal=before.decimal, gaps=before.gaps)
    except Refused as refused:
        return replace(upload, refused=refused)
    upload = _divided(upload)
    if before is not None:
        upload = _as_before(upload, before)
    return _read(upload)


def with_encoding(upload: Upload, encoding: str) -> Upload:
    """Read the bytes in another encoding."""
    return _read(_divided(replace(upload, encoding=encoding)))


def with_decimal(upload: Upload, sign: str) -> Upload:
    """Say which sign the decimal one is."""
    return _read(_divided(replace(upload, decimal=sign)))


def with_header(upload: Upload, *, header: bool) -> Upload:
    """Say whether the first row holds the names of the columns."""
    return _read(_divided(replace(upload, header=header)))


def with_label(upload: Upload, label: int) -> Upload:
    """Take the labels from another column."""
    return _read(replace(upload, label=label, left_out=upload.left_out - {label}))


def with_left_out(upload: Upload, columns: frozenset[int]) -> Upload:
    """Leave columns out."""
    return _read(replace(upload, left_out=columns))


def with_gaps(upload: Upload, *, gaps: bool) -> Upload:
    """Say whether rows with gaps are left out."""
    return _read(replace(upload, gaps=gaps))


def _text(upload: Upload) -> CsvText:
    encoding = upload.encoding or (upload.fits[0].encoding if upload.fits else None)
    return csv_text(upload.content, encoding, upload.decimal)


def _divided(upload: Upload) -> Upload:
    """Find the columns; the choices stay where there are as many as before."""
    before = 0 if upload.found is None else len(upload.found.names)
    upload = replace(upload, columns=None, found=None, file=None, offer=None, refused=None)
    try:
        text = _text(upload)
        columns = columns_in(text, header=upload.header)
    except Refused as refused:
        return replace(upload, refused=refused)
    upload = replace(upload, columns=columns)
    last = len(columns.names) - 1
    try:
        found = survey(text, columns)
    except Refused as refused:
        return replace(upload, refused=refused, label=last, left_out=frozenset())
    if before != len(columns.names):
        upload = replace(upload, label=found.likely_label(), left_out=frozenset())
    return replace(upload, found=found)


def _as_before(upload: Upload, before: Upload) -> Upload:
    """Keep what still fits: the columns by their names, or by their places if they have none."""
    if before.columns is None or upload.columns is None:
        return upload
    same = len(before.columns.names) == len(upload.columns.names)
    if same and before.header is not None:
        upload = _divided(replace(upload, header=before.header))
    if upload.columns is None:
        return upload
    if before.columns.header or upload.columns.header:
        now = {name: j for j, name in reversed([*enumerate(upload.columns.names)]) if name}
        places = {j: now[name] for j, name in enumerate(before.columns.names) if name in now}
    else:
        places = {j: j for j in range(len(before.columns.names)) if same}
    label = places.get(before.label, upload.label)
    left_out = frozenset(places[j] for j in before.left_out if j in places) - {label}
    return replace(upload, label=label, left_out=left_out)


def _read(upload: Upload) -> Upload:
    """Read the rows; where leaving out what is at fault makes them data, that is the offer."""
    if upload.found is None:
        return upload
    upload = replace(upload, file=None, offer=None, refused=None, counting=())
    text = _text(upload)
    try:
        return _with_rows(upload, text)
    except Refused as found:
        refused = found
    if refused.reason == "doubtful":
        return replace(upload, refused=refused, doubt=refused)
    offer = None
    if refused.reason in _MENDABLE and upload.found is not None:
        left_out = upload.left_out | upload.found.no_numbers(upload.label)
        with suppress(Refused):
            offer = _with_rows(replace(upload, left_out=left_out, gaps=True), text)
    return replace(upload, refused=refused, offer=offer)


def _with_rows(upload: Upload, text: CsvText) -> Upload:
    columns = columns_in(text, header=upload.header)
    file = read_rows(text, columns, upload.label, upload.left_out, gaps=upload.gaps)
    gaps = upload.gaps and file.left_out > 0
    return replace(upload, gaps=gaps, file=file, counting=counting_columns(file))
