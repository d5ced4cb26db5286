"""The front-end files of our components, served by the app itself.

Streamlit sends a component's code again with every answer. So what it is given are two lines that
take it from one file with all our modules, which the browser fetches once: the address carries a
digest of all it is made of, and what never changes under its address may be kept for ever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit.components.v2.types import ComponentRenderer

from pages.browser.joined import joined
from pages.browser.serving.base_path import base_path
from pages.browser.serving.packed import FOR_EVER, Packed, packed
from pages.writing.wording import LANGUAGES, TEXT, wording

_PAGES = Path(__file__).parents[1]
# What is said later wins.
_SHEETS = {
    "STYLE": ("bench.css", "simplex.css", "tour.css", "narrow.css", "compact.css"),
    "FILM_STYLE": ("film.css",),
}


def _words() -> str:
    """Write the labels of our front end in every language as a module: no answer need bring them.

    WORDS        the bench's
    PAGE_WORDS   what our side adds to Streamlit's elements
    """
    of_language = {language: wording(language) for language in LANGUAGES}
    bench = {
        language: {**words.group("bench"), "class_name": words.label("class_name")}
        for language, words in of_language.items()
    }
    page = {language: words.group("browser") for language, words in of_language.items()}
    return (
        f"export const WORDS = {json.dumps(bench)};\n"
        f"export const PAGE_WORDS = {json.dumps(page)};\n"
    )


def _style() -> str:
    """Write our components' style sheets as one module: they come with the others then."""
    files = {path.name: path for path in _PAGES.rglob("assets/*.css")}
    sheets = {
        of: "".join(files[name].read_text("utf-8") for name in names)
        for of, names in _SHEETS.items()
    }
    return "".join(f"export const {of} = {json.dumps(sheets[of])};\n" for of in sheets)


def _modules() -> bytes:
    """Write all our modules as one."""
    files = {path.name: path.read_text("utf-8") for path in sorted(_PAGES.rglob("assets/*.js"))}
    return joined(files | {"words.js": _words(), "style.js": _style()}).encode()


_MODULES = "lab.js"
_PAGE_STYLE = "page.css"  # what every page looks like: sent with each, it would be read each time
# By name, what writes or reads its bytes.
_FILES: dict[str, Callable[[], bytes]] = {
    _MODULES: _modules,
    _PAGE_STYLE: (_PAGES / _PAGE_STYLE).read_bytes,
}
# Of all that they are made of: to make them takes longer, and nobody has asked for them yet.
_SOURCES = [
    *_PAGES.rglob("assets/*.*"),
    _PAGES / _PAGE_STYLE,
    *TEXT.rglob("*.toml"),
    *Path(__file__).parent.glob("*.py"),
]
_DIGEST = hashlib.sha256(b"".join(p.name.encode() + p.read_bytes() for p in sorted(_SOURCES)))
_PLACE = "-/lab"  # no app is served below a path called "-": a proxy's path and ours stay apart
_CURRENT = f"{_PLACE}/{_DIGEST.hexdigest()[:16]}"
# Relative to the page.
MODULES = f"{_CURRENT}/{_MODULES}"
PAGE_STYLE = f"{_CURRENT}/{_PAGE_STYLE}"


@cache
def _file(name: str) -> Packed:
    """Compress a file, when it is first asked for."""
    return packed(_FILES[name](), "text/css" if name == _PAGE_STYLE else "text/javascript")


def loader(file: str) -> str:
    """Return the JavaScript that the component of a module is registered with.

    The address is relative to the page, so that the app may live below any path.
    """
    return (
        f'const {{ moduleOf }} = await import(new URL("{MODULES}", document.baseURI));\n'
        f'export default moduleOf("overtaken.js").unlessOvertaken(moduleOf("{file}").default);\n'
    )


def component(name: str) -> ComponentRenderer:
    """Register the component whose front end is the file `name`.js.

    One with Streamlit's own isolated styles is drawn in the third pass over a page that is opened,
    any other in the first: what has styles of its own makes its root itself (dom.js, ownRoot).
    """
    return st.components.v2.component(
        f"softmax_{name}", js=loader(f"{name}.js"), isolate_styles=False
    )


async def _serve(request: Request) -> Response:
    name, digest = request.path_params["file"], request.path_params["digest"]
    if name not in _FILES:
        return Response(status_code=404)
    # A page opened before an update asks for the old address: it gets today's file, to use once.
    known = f"{_PLACE}/{digest}" == _CURRENT
    return _file(name).answer(request.headers, FOR_EVER if known else "no-store")


ROUTES = [Route(f"{base_path()}/{_PLACE}/{{digest}}/{{file}}", _serve)]
