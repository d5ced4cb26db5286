"""The notation: every symbol below the screen that introduces it, beside its names elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

import streamlit as st

from pages.browser.address import keep_address
from pages.notation.symbols import SOURCES, SYMBOLS, Symbol
from pages.visit.place import Place
from pages.visit.session import visit
from pages.widgets.notices import link_notices
from pages.writing.wording import Wording

WIDTH = 760  # pixels
COLUMNS = f"<colgroup>{'<col>' * len(Symbol._fields)}<col></colgroup>"
_INDEX = re.compile(r"_([a-zⱼ]+)")


def _marked(name: str) -> str:
    """Write a name as HTML: code between backticks, an index below the line."""
    parts = escape(name).split("`")
    return "".join(
        f"<code>{part}</code>" if at % 2 else _INDEX.sub(r"<sub>\1</sub>", part)
        for at, part in enumerate(parts)
    )


def _table(names: Sequence[str], words: Wording) -> str:
    """Write the symbols of one screen as a table; on a phone its cells name their columns."""
    columns = [words("notation.what"), *SOURCES]
    head = "".join(
        f'<th scope="col">{escape(text)}</th>' for text in (words("notation.here"), *columns)
    )
    rows = "".join(_row(SYMBOLS[name], words(f"symbol.{name}.what"), columns) for name in names)
    return (
        f'<table class="lab-notation">{COLUMNS}<thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(symbol: Symbol, what: str, columns: Sequence[str]) -> str:
    written, *elsewhere = map(_marked, symbol)
    cells = "".join(
        f'<td data-of="{escape(of)}">{cell}</td>'
        for of, cell in zip(columns, [escape(what), *elsewhere], strict=True)
    )
    return f'<tr><th scope="row">{written}</th>{cells}</tr>'


def _screen_link(at: str, words: Wording) -> None:
    """Lead to a screen, with all that the learner has set."""
    lesson, _, screen = at.partition("/")
    st.page_link(
        f"lessons/{lesson}/page.py",
        label=words(
            "notation.screen",
            lesson=words(f"nav.{lesson}"),
            screen=words(f"{lesson}.screen.{screen}"),
        ),
        icon=":material/arrow_forward:",
        query_params=visit().offer(replace(visit().choices, place=Place(screen))),
    )


def _sources() -> str:
    return "\n".join(
        f"- {source}: " + ", ".join(f"[{page}]({url})" for page, url in pages.items())
        for source, pages in SOURCES.items()
    )


def show() -> None:
    """Show all symbols in the order of the lessons, and below them where names were looked up."""
    current = visit()
    words = current.words
    link_notices(current)
    st.set_page_config(page_title=f"{words('nav.notation')} · {words('app')}")
    st.title(words("notation.title"), anchor=False)
    st.markdown(words("notation.lead"), width=WIDTH)
    with st.container(key="notation"):
        for at, names in groupby(SYMBOLS, lambda name: words(f"symbol.{name}.at")):
            _screen_link(at, words)
            st.html(_table(tuple(names), words))
    st.subheader(words("notation.sources"), anchor="sources")
    st.markdown(f"{words('notation.sources_note')}\n\n{_sources()}", width=WIDTH)
    keep_address("notation")


show()
