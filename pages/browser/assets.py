"""The front-end files of our components, served by the app itself.

Streamlit sends a component's code again with every answer. So what it is given is one line that
imports the real file from here, which the browser fetches once: the address carries a digest of
all the files, and what never changes under its address may be kept for ever.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.browser.serving.base_path import base_path
from pages.browser.serving.packed import FOR_EVER, packed
from pages.writing.wording import LANGUAGES, wording

_PAGES = Path(__file__).parents[1]
# What is said later wins.
_SHEETS = {
    "STYLE": ("bench.css", "simplex.css", "tour.css", "narrow.css", "compact.css"),
    "FILM_STYLE": ("film.css",),
}


def _words() -> bytes:
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
    ).encode()


def _style() -> bytes:
    """Write our components' style sheets as one module: they come with the others then."""
    files = {path.name: path for path in _PAGES.rglob("assets/*.css")}
    sheets = {
        of: "".join(files[name].read_text("utf-8") for name in names)
        for of, names in _SHEETS.items()
    }
    return "".join(f"export const {of} = {json.dumps(sheets[of])};\n" for of in sheets).encode()


_SOURCES = {path.name: path.read_bytes() for path in sorted(_PAGES.rglob("assets/*.js"))} | {
    "words.js": _words(),
    "style.js": _style(),
}
_PAGE_STYLE = "page.css"  # what every page looks like: sent with each, it would be read each time
_SHEET = (_PAGES / _PAGE_STYLE).read_bytes()
_NAMED = (_SOURCES | {_PAGE_STYLE: _SHEET}).items()
_DIGEST = hashlib.sha256(b"".join(n.encode() + c for n, c in _NAMED)).hexdigest()[:16]
_FILES = {name: packed(content, "text/javascript") for name, content in _SOURCES.items()} | {
    _PAGE_STYLE: packed(_SHEET, "text/css")
}
_PLACE = "-/lab"  # no app is served below a path called "-": a proxy's path and ours stay apart
# All of them, relative to the page.
MODULES = [f"{_PLACE}/{_DIGEST}/{name}" for name in _SOURCES]
PAGE_STYLE = f"{_PLACE}/{_DIGEST}/{_PAGE_STYLE}"


def loader(file: str) -> str:
    """Return the JavaScript that a component is registered with: import `file`, pass it on.

    The address is relative to the page, so that the app may live below any path.
    """
    return (
        f'const file = new URL("{_PLACE}/{_DIGEST}/{file}", document.baseURI);\n'
        "export default (await import(file)).default;\n"
    )


async def _serve(request: Request) -> Response:
    file = _FILES.get(request.path_params["file"])
    if file is None:
        return Response(status_code=404)
    # A page opened before an update asks for the old address: it gets today's file, to use once.
    known = request.path_params["digest"] == _DIGEST
    return file.answer(request.headers, FOR_EVER if known else "no-store")


ROUTES = [Route(f"{base_path()}/{_PLACE}/{{digest}}/{{file}}", _serve)]
