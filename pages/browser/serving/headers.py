"""What every answer carries: who may frame it, and where its scripts may come from."""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.datastructures import Headers as Asked
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A host as a policy names it: `https://lms.example.org`, `*.example.org`, `localhost:8080`.
_FRAMING_HOST = re.compile(r"(https?://)?(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]+)?")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_XSRF_COOKIE = b"_streamlit_xsrf="


def framing_hosts(named: str) -> list[str]:
    """Read the hosts of EMBED_HOSTS, with spaces or commas between them.

    Raises ValueError for what is no host: in a header it could stand for anything.
    """
    hosts = named.replace(",", " ").split()
    for host in hosts:
        if not _FRAMING_HOST.fullmatch(host):
            raise ValueError(
                f"EMBED_HOSTS: {host!r} is no host. Accepted: names like lms.example.org, "
                "*.example.org or https://lms.example.org:8443, with spaces between them."
            )
    return hosts


def security_headers(index: str, hosts: list[str]) -> dict[str, str]:
    """Return the headers for pages made by `index`, Streamlit's HTML, which `hosts` may frame."""
    inline = " ".join(f"'sha256-{_digest(script)}'" for script in _INLINE_SCRIPT.findall(index))
    policy = {
        "default-src": "'self'",
        # Streamlit hands a component its script as a blob; there is one script in its HTML.
        "script-src": f"'self' blob: {inline}",
        "style-src": "'self' 'unsafe-inline'",  # Streamlit writes its styles as it goes
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'none'",
        "frame-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": " ".join(["'self'", *hosts]),
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class Headers:
    """Add headers to every HTTP answer, and let the upload's cookie into a frame.

    Streamlit takes an upload only with its cookie, which a browser keeps from a frame on another
    site unless it is told otherwise; and it can be told so over HTTPS alone.
    """

    def __init__(self, app: ASGIApp, headers: dict[str, str], *, framed: bool) -> None:
        self.app = app
        self.extra = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        self.framed = framed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, with the answer's start changed on its way back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        into_frame = self.framed and _is_https(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.get("headers", ())
                if into_frame:
                    headers = [(name, _for_frame(name, value)) for name, value in headers]
                message = {**message, "headers": [*headers, *self.extra]}
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _is_https(scope: Scope) -> bool:
    """Tell whether the learner's side is HTTPS; what stands in front of us knows."""
    forwarded = Asked(scope=scope).get("x-forwarded-proto", "").partition(",")[0]
    return "https" in (scope["scheme"], forwarded.strip().lower())


def _for_frame(name: bytes, value: bytes) -> bytes:
    """Let Streamlit's cookie be sent in a frame, to whose page it belongs then."""
    if name != b"set-cookie" or not value.startswith(_XSRF_COOKIE):
        return value
    cookie = value.partition(b";")[0]
    return cookie + b"; Path=/; SameSite=None; Secure; Partitioned"
