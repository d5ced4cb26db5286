"""What the files in deploy/ say of each other and of the project holds."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

from tests.deploy.image import sources
from tests.deploy.nginx import DEPLOY, command

ROOT = DEPLOY.parent


def _read(name: str) -> str:
    return (DEPLOY / name).read_text()


def test_nginx_takes_the_configuration_as_it_is(tmp_path: Path) -> None:
    check = [*command(tmp_path, DEPLOY / "nginx.conf"), "-t"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_what_is_copied_exists_and_reaches_the_builder() -> None:
    ignored, *rest = [
        line for line in _read("Dockerfile.dockerignore").splitlines() if line[0] != "#"
    ]
    assert ignored == "*"
    assert {line[1:] for line in rest if line[0] == "!"} == set(sources())
    assert all((ROOT / source).exists() for source in sources())


def test_nginx_knows_every_replica() -> None:
    replicas = re.findall(r"ipv4_address: ([\d.]+)", _read("compose.yaml"))
    assert len(replicas) > 1
    assert re.findall(r"^server ([\d.]+):8501;$", _read("replicas.conf"), re.MULTILINE) == replicas


def test_uploads_pass_the_balancers() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    for name in ("nginx.conf", "kubernetes.yaml"):
        (most,) = re.findall(r"body[-_]size:? (\d+)m", _read(name))
        assert int(most) > config["server"]["maxUploadSize"]
