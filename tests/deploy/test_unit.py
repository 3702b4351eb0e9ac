"""The systemd unit of docs/deploy/, read by systemd."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Call = Callable[..., tuple[int, str]]

UNIT = Path(__file__).parents[2] / "docs" / "deploy" / "daraa-kg.service"
PROGRAM = "/opt/daraa-kg/bin/daraa-kg"
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")

systemd = pytest.mark.skipif(
    not IN_CI and shutil.which("systemd-analyze") is None,
    reason="needs systemd-analyze: apt-get install systemd",
)


def settings() -> dict[str, list[str]]:
    """Give the settings of the unit, each with its values in order."""
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#[":
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """Give the unit with a program that is there, for verify looks for it."""
    text = UNIT.read_text(encoding="utf-8")
    assert text.count(PROGRAM) == 1
    path = tmp_path / UNIT.name
    path.write_text(text.replace(PROGRAM, sys.executable), encoding="utf-8")
    return path


@pytest.mark.ci
@systemd
def test_systemd_has_nothing_to_say_about_it(call: Call, unit: Path) -> None:
    assert call("systemd-analyze", "verify", unit) == (0, "")


@pytest.mark.ci
@systemd
def test_systemd_would_say_so(call: Call, unit: Path) -> None:
    unit.write_text(unit.read_text().replace("ProtectSystem=strict", "ProtectSystm=strict"))
    assert "ProtectSystm" in call("systemd-analyze", "verify", unit)[1]


@pytest.mark.ci
@systemd
def test_it_leaves_the_service_little_to_do_harm_with(call: Call, unit: Path) -> None:
    # Of 10; a service without any such setting has 9.6.
    code, said = call(
        "systemd-analyze", "security", "--offline=yes", "--threshold=15", "--no-pager", unit
    )
    assert code == 0, said
    assert re.search(r"Overall exposure level for daraa-kg\.service: [01]\.\d OK", said)


def test_it_writes_nowhere_and_calls_nobody() -> None:
    found = settings()
    assert found["DynamicUser"] == ["yes"]
    assert found["ProtectSystem"] == ["strict"]
    assert found["IPAddressDeny"] == ["any"]
    assert found["IPAddressAllow"] == ["localhost"]


def options() -> list[str]:
    """Give the words of ExecStart after the program's name."""
    program, *words = settings()["ExecStart"][0].split()
    assert program == PROGRAM
    return words


def test_serve_understands_what_the_unit_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from daraa_kg.cli import main
    from daraa_kg.server import running

    told: list[running.Settings] = []
    monkeypatch.setattr(running, "serve", lambda settings, _: told.append(settings))
    assert main(options()) == 0
    assert (told[0].host, told[0].port, told[0].timeout) == ("127.0.0.1", 8080, 10)
    assert told[0].open_graph().base == "https://data.example.org/id/"


def test_the_unit_and_the_proxy_agree() -> None:
    proxy = UNIT.with_name("nginx.conf").read_text(encoding="utf-8")
    port, timeout, base = (
        options()[options().index(name) + 1] for name in ("--port", "--timeout", "--base")
    )
    assert f"server 127.0.0.1:{port};" in proxy
    assert base == f"https://{re.findall(r'server_name (.*);', proxy)[1]}/id/"
    # The proxy waits for the server's own answer to a slow query, and systemd for what is sent.
    read = re.search(r"proxy_read_timeout (\d+)s;", proxy)
    stop = re.fullmatch(r"(\d+)s", settings()["TimeoutStopSec"][0])
    assert read
    assert stop
    assert int(read[1]) > int(timeout)
    assert int(stop[1]) > int(timeout) + 5
