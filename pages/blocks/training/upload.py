"""A learner's own file: what it is called, what was chosen of it, and what could be read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pages.blocks.refusal import Refused
from pages.blocks.training.csv_file import Columns, CsvFile, columns_of, read_csv


@dataclass(frozen=True, eq=False)
class Upload:
    """A file, with the choices about it, and what came of them: data or a refusal.

    header, label, left_out   as `read_csv` takes them; `label` is a column
    columns                   what there is to choose from; None where it is no table at all
    """

    name: str
    content: bytes
    columns: Columns | None = None
    header: bool | None = None
    label: int = 0
    left_out: frozenset[int] = frozenset()
    file: CsvFile | None = None
    refused: Refused | None = None


def given(name: str, content: bytes) -> Upload:
    """Read a file that has just come: its labels in the last column, or else in the first."""
    upload = _with_columns(Upload(name, content), None)
    if upload.columns is None:
        return upload
    last, first = (_read(replace(upload, label=k)) for k in (len(upload.columns.names) - 1, 0))
    return first if last.file is None and first.file is not None else last


def with_header(upload: Upload, *, header: bool) -> Upload:
    """Say whether the first row holds the names of the columns."""
    return _read(_with_columns(upload, header))


def with_label(upload: Upload, label: int) -> Upload:
    """Take the labels from another column."""
    return _read(replace(upload, label=label, left_out=upload.left_out - {label}))


def with_left_out(upload: Upload, columns: frozenset[int]) -> Upload:
    """Leave columns out."""
    return _read(replace(upload, left_out=columns))


def _with_columns(upload: Upload, header: bool | None) -> Upload:  # noqa: FBT001 (None: find out)
    try:
        columns = columns_of(upload.content, header)
    except Refused as refused:
        return replace(upload, refused=refused)
    return replace(upload, columns=columns, header=columns.header)


def _read(upload: Upload) -> Upload:
    try:
        file = read_csv(
            upload.content, header=upload.header, label=upload.label, left_out=upload.left_out
        )
    except Refused as refused:
        return replace(upload, file=None, refused=refused)
    return replace(upload, file=file, refused=None)
