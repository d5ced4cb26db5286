"""Compiling a document for real, with the engine that its first line names."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def typeset(document: str) -> None:
    """Fail where the document does not compile; skip where this machine has no TeX for it."""
    engine = document.split("\n", 1)[0].removeprefix("% compile with ")
    program, finder = shutil.which(engine), shutil.which("kpsewhich")
    if program is None or finder is None:
        pytest.skip(f"no {engine} on this machine")
    if "{ctexart}" in document:
        found = subprocess.run([finder, "ctexart.cls"], capture_output=True, check=False)
        if found.returncode:
            pytest.skip("no ctexart on this machine")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "derivation.tex")
        source.write_text(document, encoding="utf-8")
        command = [program, "-interaction=nonstopmode", "-halt-on-error", source.name]
        run = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        log = run.stdout.decode(errors="replace")
        assert run.returncode == 0, log[-2000:]
        assert "Missing character" not in log
        assert source.with_suffix(".pdf").stat().st_size > 10_000
