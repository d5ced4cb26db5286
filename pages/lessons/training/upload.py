"""A learner's own file: what it is called, what was chosen of it, and what could be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from threading import Lock

from pages.lessons.training.csv.encodings import Fit, fitting
from pages.lessons.training.csv.faults import DOUBTFUL, MENDABLE
from pages.lessons.training.csv.file import CsvFile, csv_file
from pages.lessons.training.csv.header import Columns, columns_in
from pages.lessons.training.csv.rows import MAX_BYTES, CsvRows, csv_rows
from pages.lessons.training.csv.survey import Survey, counting_columns, survey_of
from pages.visit.turns import EDITS, turn
from pages.writing.refusal import Refused

_one_file = Lock()


@dataclass(frozen=True, eq=False)
class Upload:
    """A file, with the choices about it, and what came of them: data or a refusal.

    fits       the encodings that fit, the likeliest first
    encoding, decimal, header   as the learner chose them; None: as they were found
    label, left_out   the column of the labels, and those that are not used
    gaps       whether rows with gaps are left out
    columns    what there is to choose from; None where it is no table at all
    survey     what the columns hold; likewise
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
    survey: Survey | None = None
    doubt: Refused | None = None
    file: CsvFile | None = None
    refused: Refused | None = None
    offer: Upload | None = None
    counting: tuple[int, ...] = ()


def new_upload(name: str, content: bytes, before: Upload | None) -> Upload:
    """Read a file that has just come, with what still fits of the choices about the one before."""
    upload = Upload(name, content)
    try:
        if len(content) <= MAX_BYTES:  # else it is refused below, by its size
            upload = replace(upload, fits=fitting(content))
    except Refused as refused:
        return replace(upload, refused=refused)
    if before is not None:
        fits = before.encoding in [fit.encoding for fit in upload.fits]
        encoding = before.encoding if fits else None
        upload = replace(upload, encoding=encoding, decimal=before.decimal, gaps=before.gaps)
    return _parsed(upload, before)


def with_encoding(upload: Upload, encoding: str) -> Upload:
    """Read the bytes in another encoding."""
    return _parsed(replace(upload, encoding=encoding))


def with_decimal(upload: Upload, sign: str) -> Upload:
    """Say which sign the decimal one is."""
    return _parsed(replace(upload, decimal=sign))


def with_header(upload: Upload, *, header: bool) -> Upload:
    """Say whether the first row holds the names of the columns."""
    return _parsed(replace(upload, header=header))


def with_label(upload: Upload, label: int) -> Upload:
    """Take the labels from another column."""
    return _reread(replace(upload, label=label, left_out=upload.left_out - {label}))


def with_left_out(upload: Upload, columns: frozenset[int]) -> Upload:
    """Leave columns out."""
    return _reread(replace(upload, left_out=columns))


def with_gaps(upload: Upload, *, gaps: bool) -> Upload:
    """Say whether rows with gaps are left out."""
    return _reread(replace(upload, gaps=gaps))


@contextmanager
def reading_turn() -> Iterator[None]:
    """Read in one's turn. Others may go in between, but not read: one file's rows are enough."""
    with _one_file, turn(EDITS):
        yield


def _rows(upload: Upload) -> CsvRows:
    """Parse the file: once for each change, for its rows take ten times the room of its bytes."""
    encoding = upload.encoding or (upload.fits[0].encoding if upload.fits else None)
    return csv_rows(upload.content, encoding, upload.decimal)


def _parsed(upload: Upload, before: Upload | None = None) -> Upload:
    """Find the columns and read the rows, with the choices of the file before where they fit."""
    try:
        rows = _rows(upload)
    except Refused as refused:
        return replace(_unread(upload), columns=None, survey=None, refused=refused)
    upload = _with_columns(upload, rows)
    if before is not None:
        upload = _as_before(upload, before, rows)
    return _read(upload, rows)


def _reread(upload: Upload) -> Upload:
    """Read the rows again, where they are a table."""
    return upload if upload.survey is None else _read(upload, _rows(upload))


def _unread(upload: Upload) -> Upload:
    return replace(upload, file=None, offer=None, refused=None, counting=())


def _with_columns(upload: Upload, rows: CsvRows) -> Upload:
    """Find the columns; the choices stay where there are as many as before."""
    before = 0 if upload.survey is None else len(upload.survey.names)
    upload = replace(_unread(upload), columns=None, survey=None)
    try:
        columns = columns_in(rows, header=upload.header)
    except Refused as refused:
        return replace(upload, refused=refused)
    upload = replace(upload, columns=columns)
    last = len(columns.names) - 1
    try:
        survey = survey_of(rows, columns)
    except Refused as refused:
        return replace(upload, refused=refused, label=last, left_out=frozenset())
    if before != len(columns.names):
        upload = replace(upload, label=survey.likely_label(), left_out=frozenset())
    return replace(upload, survey=survey)


def _as_before(upload: Upload, before: Upload, rows: CsvRows) -> Upload:
    """Keep what still fits: the columns by their names, or by their places if they have none."""
    if before.columns is None or upload.columns is None:
        return upload
    same = len(before.columns.names) == len(upload.columns.names)
    if same and before.header is not None:
        upload = _with_columns(replace(upload, header=before.header), rows)
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


def _read(upload: Upload, rows: CsvRows) -> Upload:
    """Read the rows; where leaving out what is at fault makes them data, that is the offer."""
    survey, columns = upload.survey, upload.columns
    if survey is None or columns is None:
        return upload
    upload = _unread(upload)
    try:
        return _with_file(upload, rows, columns)
    except Refused as refused:
        upload = replace(upload, refused=refused)
        if refused.reason == DOUBTFUL:
            return replace(upload, doubt=refused)
        if refused.reason not in MENDABLE:
            return upload
    left_out = upload.left_out | survey.no_numbers(upload.label)
    with suppress(Refused):
        mended = replace(upload, refused=None, left_out=left_out, gaps=True)
        upload = replace(upload, offer=_with_file(mended, rows, columns))
    return upload


def _with_file(upload: Upload, rows: CsvRows, columns: Columns) -> Upload:
    file = csv_file(rows, columns, upload.label, upload.left_out, gaps=upload.gaps)
    gaps = upload.gaps and file.left_out > 0
    return replace(upload, gaps=gaps, file=file, counting=counting_columns(file))
