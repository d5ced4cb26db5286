"""The lab as its tests open it, and its tables in their order."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.reading import opened_lesson

TWIN, SLIP, PERCENT, BANDS, KINK = range(5)


def opened(language: str = "en", **query: str) -> AppTest:
    return opened_lesson("gradient_check", **{"lang": language} | query)
