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

from pages.blocks.links import LANGUAGES
from pages.blocks.wording import wording


def _words() -> bytes:
    """Write the bench's labels in every language as a module: an edit's answer need not."""
    labels = {
        language: {**words.group("bench"), "class_name": words.label("class_name")}
        for language, words in ((language, wording(language)) for language in LANGUAGES)
    }
    return f"export const WORDS = {json.dumps(labels)};\n".encode()


_TYPES = {".js": "text/javascript", ".css": "text/css"}
_FILES = {
    path.name: path.read_bytes()
    for path in sorted((Path(__file__).parent / "bench" / "assets").iterdir())
    if path.suffix in _TYPES
} | {"words.js": _words()}
_DIGEST = hashlib.sha256(b"".join(n.encode() + c for n, c in _FILES.items())).hexdigest()[:16]


def loader(file: str) -> str:
    """Return the JavaScript that a component is registered with: import `file`, pass it on.

    The address is relative to the page, so that the app may live below any path.
    """
    return (
        f'const file = new URL("lab/{_DIGEST}/{file}", document.baseURI);\n'
        "export default (await import(file)).default;\n"
    )


async def _serve(request: Request) -> Response:
    name = request.path_params["file"]
    if name not in _FILES:
        return Response(status_code=404)
    known = request.path_params["digest"] == _DIGEST
    # A page opened before an update asks for the old address: it gets today's file, to use once.
    lifetime = "public, max-age=31536000, immutable" if known else "no-store"
    return Response(
        _FILES[name],
        media_type=_TYPES[Path(name).suffix],
        headers={"Cache-Control": lifetime},
    )


ROUTES = [Route("/lab/{digest}/{file}", _serve)]
