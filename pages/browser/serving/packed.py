"""Files that are compressed once, kept in memory, and sent to whoever takes them so."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

FOR_EVER = "public, immutable, max-age=31536000"  # what never changes under its address
ASK_AGAIN = "no-cache"  # kept, but asked for anew each time: 304 if it is the same
_LEVEL = 9  # it is done once


@dataclass(frozen=True)
class Packed:
    """A file: its bytes compressed by gzip, a digest of them as they were, and its type."""

    compressed: bytes
    digest: str
    media_type: str

    def answer(self, headers: Mapping[str, str], lifetime: str) -> Response:
        """Answer a GET or HEAD with these headers: 304 where the browser has the file.

        Ranges are not served: that is allowed, and the whole file is the answer then.
        """
        squeezed = takes_gzip(headers.get("accept-encoding", ""))
        tag = f'"{self.digest}{"-gzip" if squeezed else ""}"'
        kept = {"Cache-Control": lifetime, "ETag": tag, "Vary": "Accept-Encoding"}
        if _has(headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=kept)
        if squeezed:
            body = self.compressed
            kept["Content-Encoding"] = "gzip"
        else:
            body = gzip.decompress(self.compressed)
        return Response(body, headers=kept, media_type=self.media_type)


def packed(content: bytes, media_type: str) -> Packed:
    """Compress a file."""
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Packed(gzip.compress(content, _LEVEL, mtime=0), digest, media_type)


def takes_gzip(accepted: str) -> bool:
    """Tell whether an `Accept-Encoding` allows gzip, and not less gladly than no encoding."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        coding, *parameters = (piece.strip() for piece in part.split(";"))
        weights[coding] = _weight(parameters)
    gzipped = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return gzipped > 0 and gzipped >= weights.get("identity", 0.0)


def _weight(parameters: list[str]) -> float:
    """Return the q of a coding: 1 where none is said, 0 where it cannot be read."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def _has(known: str, tag: str) -> bool:
    """Tell whether an `If-None-Match` names the tag; a weak one (a proxy's) is as good."""
    tags = [each.strip().removeprefix("W/") for each in known.split(",")]
    return tag in tags or "*" in tags
