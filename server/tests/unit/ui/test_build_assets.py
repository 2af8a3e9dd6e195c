"""The front-end assets are pinned, name no host, and are built only when something changed."""

import json
import re
from pathlib import Path

import pytest

from tongzhou.ui import build_assets
from tongzhou.ui.icons import ICONS

DRAWING = """<svg
  xmlns="http://www.w3.org/2000/svg"
  viewBox="0 0 24 24"
>
  <path stroke="none" d="M0 0h24v24H0z" fill="none" />
  <path d="M1 2" />
</svg>
"""


def test_every_package_is_pinned_exactly() -> None:
    manifest = json.loads((build_assets.ASSETS / "package.json").read_text())

    pinned = {**manifest["dependencies"], **manifest["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in pinned.values())


def test_the_lock_file_names_no_host_to_fetch_from() -> None:
    lock = json.loads((build_assets.ASSETS / "package-lock.json").read_text())

    packages = [package for name, package in lock["packages"].items() if name]
    assert all("resolved" not in package for package in packages)
    assert all("integrity" in package for package in packages)


def test_the_sprite_holds_each_icon_without_its_frame(tmp_path: Path) -> None:
    for name in ("check", "x"):
        (tmp_path / f"{name}.svg").write_text(DRAWING)

    made = build_assets.sprite(frozenset({"x", "check"}), tmp_path)

    assert made.index("i-check") < made.index("i-x")
    assert made.count('<path d="M1 2" />') == 2
    assert "M0 0h24v24H0z" not in made


def test_a_package_without_a_licence_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"license": "MIT", "author": "Somebody"}')

    assert build_assets.licence_text(tmp_path) == "Licence: MIT\nAuthor: Somebody\n"
    (tmp_path / "LICENSE.md").write_text("the text")
    assert build_assets.licence_text(tmp_path) == "the text"


def test_the_pointer_to_a_source_map_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("let a;\n//# sourceMappingURL=a.js.map\n")
    (tmp_path / "a.css").write_text("a{}\n/*# sourceMappingURL=a.css.map */")

    for name in ("a.js", "a.css"):
        build_assets._copy(tmp_path / name, tmp_path / f"out-{name}")
        assert "sourceMappingURL" not in (tmp_path / f"out-{name}").read_text()


def test_a_second_build_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> None:
        raise AssertionError("built again")

    monkeypatch.setattr(build_assets, "is_current", lambda: True)
    monkeypatch.setattr(build_assets, "build", never)

    assert build_assets.main([]) == 0
    with pytest.raises(AssertionError, match="built again"):
        build_assets.main(["--force"])


def test_the_vendor_folder_holds_just_what_pages_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []
    stand_in_packages(tmp_path / "assets" / "node_modules")
    monkeypatch.setattr(build_assets, "ASSETS", tmp_path / "assets")
    monkeypatch.setattr(build_assets, "VENDOR", tmp_path / "vendor")
    monkeypatch.setattr(build_assets, "STAMP", tmp_path / "vendor" / ".stamp")
    monkeypatch.setattr(build_assets.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(build_assets, "_run", ran.append)
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "left-over.js").write_text("old")

    assert build_assets.main(["--force"]) == 0

    assert ran[0][:2] == ["/bin/npm", "ci"]
    assert "--ignore-scripts" in ran[0]
    assert "esbuild" in ran[1][0]
    made = {path.name for path in (tmp_path / "vendor").iterdir()}
    assert made == {*build_assets.COPIES.values(), "icons.svg", "licences", ".stamp"}
    licences = [path.name for path in (tmp_path / "vendor" / "licences").iterdir()]
    assert len(licences) == len(build_assets.SHIPPED)
    assert build_assets.is_current()
    assert "built" in capsys.readouterr().out


def stand_in_packages(modules: Path) -> None:
    """A ``node_modules`` with a file for everything that is copied."""
    for name in build_assets.SHIPPED:
        (modules / name).mkdir(parents=True)
        (modules / name / "LICENSE").write_text("the text")
    for source in build_assets.COPIES:
        (modules / source).parent.mkdir(parents=True, exist_ok=True)
        (modules / source).write_text("x")
    drawings = modules / "@tabler" / "icons" / "icons" / "outline"
    drawings.mkdir(parents=True)
    for name in ICONS:
        (drawings / f"{name}.svg").write_text(DRAWING)


def test_a_failing_command_is_reported_with_what_it_said() -> None:
    with pytest.raises(build_assets.AssetsError, match="node_gone"):
        build_assets._run(["/bin/sh", "-c", "echo node_gone >&2; exit 3"])


def test_a_changed_input_asks_for_a_new_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = tmp_path / "icons.txt"
    names.write_text("check")
    monkeypatch.setattr(build_assets, "INPUTS", (names,))
    monkeypatch.setattr(build_assets, "STAMP", tmp_path / "stamp")

    assert not build_assets.is_current()
    (tmp_path / "stamp").write_text(build_assets.fingerprint())
    assert build_assets.is_current()
    names.write_text("check x")
    assert not build_assets.is_current()


def test_without_npm_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")

    assert build_assets.main(["--force"]) == 1
    assert "install Node.js 20" in capsys.readouterr().err


def test_the_icon_list_is_sorted_and_has_no_doubles() -> None:
    names = (build_assets.ROOM / "icons.txt").read_text().split()

    assert names == sorted(ICONS)
