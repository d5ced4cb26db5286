"""Compiling a document for real, with the engine that its first line names."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

BEGIN, END, NEXT = "\\begin{document}\n", "\\end{document}\n", "\\clearpage\n"
PAGES = re.compile(r"Output written on derivation\.pdf \((\d+) pages?")


def typeset(*documents: str) -> None:
    """Fail where a document does not compile; skip where this machine has no TeX for it.

    Those of one head are compiled in one go, each on pages of its own: TeX takes longer to begin
    than to typeset.
    """
    heads, bodies = zip(*(x.removesuffix(END).split(BEGIN) for x in documents), strict=True)
    (head,) = set(heads)
    assert r"\def" not in head + "".join(bodies), "what one document defines would reach the others"
    document = head + BEGIN + NEXT.join(bodies) + END
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
        (pages,) = PAGES.findall(log.replace("\n", ""))
        assert int(pages) >= len(documents)
        assert source.with_suffix(".pdf").stat().st_size > 10_000
