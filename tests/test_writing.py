from __future__ import annotations

import os
from pathlib import Path

import pytest

from daraa_kg.writing import write_atomically


def test_a_file_is_never_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f.nq"
    write_atomically(path, b"old")

    def fail(_self: Path, _target: Path) -> Path:
        message = "disk full"
        raise OSError(message)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, b"new")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("f.nq", b"old")]


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "f.nq"
    write_atomically(path, b"old")
    assert path.stat().st_mode & 0o777 == 0o666 & ~_umask()
    path.chmod(0o600)
    write_atomically(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o600


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
