"""Pictures go to the browser as Streamlit itself would send them, but for the checking."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from pages.widgets.figure import Figure
from tests.pages.every_figure import all_figures
from tests.pages.reading import LIMIT

FIGURES = all_figures((2.0, 3.0, 4.0), 1.0)


def sent(script: str, figure: Figure) -> dict[str, Any]:
    source = f"import json, streamlit as st\nfigure = json.loads({json.dumps(figure)!r})\n{script}"
    at = AppTest.from_string(source, default_timeout=LIMIT).run()
    assert not at.exception, at.exception
    (element,) = at.get("plotly_chart")
    return json.loads(element.proto.spec)  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("figure", FIGURES, ids=range(len(FIGURES)))
def test_as_streamlit_sends_it(figure: Figure) -> None:
    ours = sent("from pages.widgets.chart import chart\nchart(figure, 'key', 'alt')", figure)
    theirs = sent("st.plotly_chart(figure)", figure)
    assert ours == theirs


@pytest.mark.parametrize("figure", FIGURES, ids=range(len(FIGURES)))
def test_plotly_knows_every_property(figure: Figure) -> None:
    go.Figure(**figure)


def test_a_property_that_plotly_does_not_know_is_found() -> None:
    with pytest.raises(ValueError, match="colour"):
        go.Figure(data=[{"type": "bar", "colour": "red"}])
