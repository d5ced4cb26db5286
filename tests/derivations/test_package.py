"""What the package leans on, and what it costs to import."""

import doctest
import subprocess
import sys
from pathlib import Path

import derivations
from derivations.typed import typed_loss

ROOT = Path(derivations.__file__).parents[1]


def run(code: str) -> str:
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    return done.stdout.strip()


def test_it_imports_neither_the_core_nor_what_draws() -> None:
    found = run(
        "import sys, derivations\n"
        "print([x for x in ('core', 'numpy', 'streamlit', 'plotly', 'pages') if x in sys.modules])"
    )
    assert found == "[]"


def test_it_adds_little_to_the_import_of_sympy() -> None:
    found = run(
        "import sympy\n"
        "from tests.calls import count_calls\n"
        "print(count_calls(lambda: __import__('derivations')))"
    )
    assert int(found) < 600_000  # 0.3 s


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(derivations) == (0, 4)
    assert doctest.testmod(typed_loss) == (0, 3)


def test_everything_named_is_there() -> None:
    assert all(hasattr(derivations, name) for name in derivations.__all__)
