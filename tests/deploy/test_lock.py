"""requirements.lock: all that is installed, each of one version and known by its digest."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.deploy.nginx import DEPLOY

ROOT = DEPLOY.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
# A name, its version, where it is needed, and the digests of its files.
ENTRY = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?P<marker> ; [^\n]*?)? \\\n"
    r"(?P<digests>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)
LOCKED = {canonicalize_name(entry["name"]): entry["version"] for entry in ENTRY.finditer(LOCK)}


def pinned() -> dict[str, str]:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pairs = (line.partition("#")[0].strip().partition("==") for line in lines)
    return {canonicalize_name(name): version for name, _, version in pairs if name}


def test_the_lock_holds_nothing_but_versions_and_digests() -> None:
    rest = ENTRY.sub("", LOCK)
    assert [line for line in rest.splitlines() if not line.startswith("#")] == []
    assert "://" not in LOCK
    assert len(LOCKED) > 20


def test_the_lock_and_the_requirements_agree() -> None:
    pins = pinned()
    assert {"numpy", "plotly", "streamlit", "sympy"} <= set(pins)
    assert {name: LOCKED.get(name) for name in pins} == pins


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_what_a_package_needs_is_locked_too(name: str) -> None:
    try:
        needed = requires(name) or []
    except PackageNotFoundError:
        pytest.skip(f"{name} is for other systems")
    for requirement in map(Requirement, needed):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            locked = LOCKED.get(canonicalize_name(requirement.name), "missing")
            assert requirement.specifier.contains(locked, prereleases=True), (requirement, locked)


def test_what_is_run_is_installed_from_the_lock() -> None:
    for file in (ROOT / "Makefile", DEPLOY / "Dockerfile"):
        installed = re.findall(r"pip install .*-r (\S*requirements\.\w+)", file.read_text("utf-8"))
        assert installed == ["requirements.lock"], file
        assert "--require-hashes -r requirements.lock" in file.read_text("utf-8")
