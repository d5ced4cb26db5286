"""nginx in front of the app as others have it: below a path, or with TLS."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deploy.nginx import await_port, find_nginx
from tests.server import free_port

CONFIGURATION = """
daemon off; pid nginx.pid; error_log stderr warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    client_max_body_size 4m;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection upgrade;
    proxy_set_header Host $http_host;
    server {{ listen 127.0.0.1:{port}; {locations} }}
}}
"""


@contextmanager
def placed(folder: Path, places: dict[str, str]) -> Iterator[str]:
    """Pass paths on: "/course/" to an address, which takes the path off where it ends in "/"."""
    port = free_port()
    locations = " ".join(
        f"location {path} {{ proxy_pass {address}; }}" for path, address in places.items()
    )
    file = folder / "below.conf"
    file.write_text(CONFIGURATION.format(port=port, locations=locations))
    command = [find_nginx(), "-p", str(folder), "-e", "stderr", "-c", str(file)]
    with subprocess.Popen(command) as process:
        try:
            await_port(process, port)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
