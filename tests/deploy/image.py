"""The files that the Dockerfile puts into the image, put into a folder instead."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.deploy.nginx import DEPLOY

COPIED = re.compile(r"^COPY (\S+) (\S+)$", re.MULTILINE)


def sources() -> list[str]:
    """Return what the Dockerfile copies."""
    return [source for source, _ in COPIED.findall((DEPLOY / "Dockerfile").read_text())]


def unpack(folder: Path) -> None:
    """Copy the image's files of the app into `folder`."""
    for source in sources():
        path = DEPLOY.parent / source
        if path.is_dir():
            shutil.copytree(path, folder / source, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, folder)
