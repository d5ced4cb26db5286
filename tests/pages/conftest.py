"""What all tests of the pages share: Streamlit looks once for components in other packages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime import context


@pytest.fixture(autouse=True, scope="session")
def one_search_for_packages() -> Iterator[None]:
    """Each AppTest would read the metadata of all that is installed: two fifths of its time."""
    with pytest.MonkeyPatch.context() as patch:
        found = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_request() -> Iterator[None]:
    """Let a page that asks for its request's headers find none; a mock of them takes 10 ms."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(context, "_get_client_context", lambda: None)
        yield
