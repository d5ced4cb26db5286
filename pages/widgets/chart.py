"""A picture on the page, without the checks that tests have made once and for all.

`st.plotly_chart` builds a `go.Figure` of every dict at every rerun, to check it: 2 to 8 ms each.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import plotly.io
import streamlit as st
from plotly.basedatatypes import BaseFigure

from pages.widgets.figure import Figure


class _Checked(BaseFigure):  # type: ignore[misc]
    """A figure that is taken as it is: what stands in it was held to Plotly's schema in tests."""

    def __init__(self, figure: Figure) -> None:
        # BaseFigure's own __init__ and __setattr__ would build and check it all.
        self.__dict__["figure"] = figure

    def to_dict(self) -> Figure:
        """Return the figure with Streamlit's template, as a built one has it."""
        figure: Figure = self.__dict__["figure"]
        return {**figure, "layout": {**figure["layout"], "template": _template()}}


def chart(figure: Figure, key: str, alt: str) -> None:
    """Show a figure."""
    st.plotly_chart(
        _Checked(figure),
        key=key,
        config={"displayModeBar": False},
        alt=alt,
    )


@cache
def _template() -> dict[str, Any]:
    # Streamlit registers it when the first chart is made, and the browser puts the colours in.
    template: dict[str, Any] = plotly.io.templates["streamlit"].to_plotly_json()
    return template
