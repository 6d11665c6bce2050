"""What is deployed: units that systemd takes, a Compose file that Docker takes, commands that exist."""

from __future__ import annotations

import configparser
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from pipelines.cli.app import complete
from tests.conftest import ROOT
from tests.pipelines.conftest import PATI

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
INSTALLED = "/opt/pati-maju/.venv/bin/pati"
HARD = {
    "NoNewPrivileges": "true", "ProtectSystem": "strict", "ProtectHome": "true", "PrivateTmp": "true",
    "User": "pati", "CapabilityBoundingSet": "",
}  # fmt: skip


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # systemd tells capitals apart
    parser.read(path)
    return parser


def command_of(words: list[str]) -> None:
    """Fails unless the command line knows the command and each of its options."""
    found: Any = get_command(complete()).commands[words[0]]  # type: ignore[attr-defined]
    known = {name for one in found.params for name in (*one.opts, *one.secondary_opts)}
    assert {word for word in words[1:] if word.startswith("--")} <= known, words


def test_there_are_units() -> None:
    assert {path.name for path in UNITS} == {
        "pati-schedule.service", "pati-dashboard.service", "pati-heartbeat.service"
    }  # fmt: skip


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_is_shut_in_and_starts_a_command_there_is(path: Path) -> None:
    service = unit(path)["Service"]
    assert {name: service[name] for name in HARD} == HARD
    program, *words = shlex.split(service["ExecStart"])
    assert program == INSTALLED
    command_of(words)
    home = service["Environment"].removeprefix("PATI_HOME=")
    assert Path(home).is_relative_to(service["ReadWritePaths"])
    assert Path(home) != Path(service["ReadWritePaths"]), "backups and upgrades need room beside the home"


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here; the units were read above")
    for path in [*UNITS, *DEPLOY.glob("*.timer")]:
        text = path.read_text(encoding="utf-8").replace(INSTALLED, str(PATI))
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(tmp_path.iterdir())],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "pati-" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found["services"]  # type: ignore[no-any-return]


def test_containers_run_commands_there_are_without_rights(services: dict[str, Any]) -> None:
    assert set(services) == {"schedule", "dashboard"}
    for service in services.values():
        program, *words = service["command"]
        assert program == "pati"
        command_of(words)
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert service["volumes"] == ["pati-data:/var/lib/pati-maju"]
    assert "ports" not in services["schedule"]
    assert all(str(port).startswith("127.0.0.1:") for port in services["dashboard"]["ports"])


def test_docker_takes_the_compose_file(tmp_path: Path) -> None:
    if shutil.which("docker") is None:
        pytest.skip("no Docker here; the file was read above")
    probe = subprocess.run(["docker", "compose", "version"], capture_output=True, timeout=60, check=False)
    if probe.returncode:
        pytest.skip("Docker without Compose; the file was read above")
    done = subprocess.run(
        ["docker", "compose", "-f", DEPLOY / "compose.yaml", "config", "--quiet"],
        capture_output=True, text=True, timeout=60, check=False,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_image_runs_as_nobody_special_and_from_the_lock_file() -> None:
    lines = [line.strip() for line in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()]
    last = max(n for n, line in enumerate(lines) if line.startswith("FROM"))
    assert [line for line in lines[last:] if line.startswith("USER")] == ["USER pati"]
    assert any("uv sync --frozen" in line for line in lines)
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert not any(":latest" in line for line in lines)
