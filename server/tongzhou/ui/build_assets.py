"""Fetch what the pages load and put just that into the static files.

``python -m tongzhou.ui.build_assets`` installs the pinned packages of ``ui/assets`` by npm and
writes ``ui/static/ui/vendor``: style sheet, scripts, the font, a small ECharts, the icon sprite
and the licences. A stamp makes a second run free; ``--force`` builds again.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tongzhou.ui.icons import ICONS

ROOM = Path(__file__).resolve().parent
ASSETS = ROOM / "assets"
VENDOR = ROOM / "static" / "ui" / "vendor"
STAMP = VENDOR / ".stamp"
#: What the result depends on.
INPUTS = (
    ASSETS / "package-lock.json",
    ASSETS / "package.json",
    ASSETS / "echarts.js",
    ROOM / "icons.txt",
    Path(__file__),
)
#: From ``node_modules`` → into the vendor folder.
COPIES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.js",
    "htmx.org/dist/htmx.min.js": "htmx.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter.woff2",
}
#: Packages of which something is shipped, inside another one or by itself.
SHIPPED = (
    "@fontsource-variable/inter",
    "@popperjs/core",
    "@tabler/core",
    "@tabler/icons",
    "echarts",
    "htmx.org",
    "tslib",
    "zrender",
)
SOURCE_MAP = re.compile(r"/[*/][#@] sourceMappingURL=\S+(?:\s*\*/)?\s*$")


class AssetsError(Exception):
    """The assets cannot be built; the sentence says what is missing."""


def fingerprint() -> str:
    """SHA-256 over everything the vendor folder is made from."""
    digest = hashlib.sha256()
    for path in INPUTS:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the vendor folder was made from the present inputs."""
    return STAMP.exists() and STAMP.read_text(encoding="utf-8") == fingerprint()


def sprite(names: frozenset[str], source: Path) -> str:
    """One SVG file with a ``<symbol id="i-NAME">`` per icon, in alphabetical order."""
    symbols = []
    for name in sorted(names):
        drawing = (source / f"{name}.svg").read_text(encoding="utf-8")
        inner = re.sub(r"^.*?<svg.*?>|</svg>\s*$", "", drawing, flags=re.S)
        inner = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>', "", inner)
        inner = re.sub(r"\s*\n\s*", "", inner)
        symbols.append(f'<symbol id="i-{name}" viewBox="0 0 24 24">{inner}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def licence_text(package: Path) -> str:
    """The licence that a package brings, or its name where the package brings no text."""
    for candidate in sorted(package.glob("LICEN[CS]E*")):
        return candidate.read_text(encoding="utf-8")
    manifest = (package / "package.json").read_text(encoding="utf-8")
    name = re.search(r'"license":\s*"([^"]+)"', manifest)
    author = re.search(r'"author":\s*"([^"]+)"', manifest)
    return (
        f"Licence: {name.group(1) if name else 'see package'}\n"
        f"Author: {author.group(1) if author else 'see package'}\n"
    )


def build() -> None:
    """Install the packages and write the vendor folder anew.

    Raises :class:`AssetsError` when npm is missing or fails.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise AssetsError("npm was not found: install Node.js 20 or newer, then try again.")
    _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    modules = ASSETS / "node_modules"
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "licences").mkdir(parents=True)
    for source, target in COPIES.items():
        _copy(modules / source, fresh / target)
    _run(
        [
            str(modules / ".bin" / "esbuild"),
            str(ASSETS / "echarts.js"),
            "--bundle",
            "--minify",
            "--format=iife",
            "--target=es2020",
            "--legal-comments=inline",
            "--log-level=warning",
            f"--outfile={fresh / 'echarts.js'}",
        ]
    )
    drawings = modules / "@tabler" / "icons" / "icons" / "outline"
    (fresh / "icons.svg").write_text(sprite(ICONS, drawings), encoding="utf-8")
    for name in SHIPPED:
        licence = fresh / "licences" / f"{name.strip('@').replace('/', '-')}.txt"
        licence.write_text(licence_text(modules / name), encoding="utf-8")
    (fresh / STAMP.name).write_text(fingerprint(), encoding="utf-8")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def _copy(source: Path, target: Path) -> None:
    """Copy a file; scripts and style sheets lose the pointer to a source map we do not ship."""
    if source.suffix in {".js", ".css"}:
        target.write_text(
            SOURCE_MAP.sub("", source.read_text(encoding="utf-8")) + "\n", encoding="utf-8"
        )
    else:
        shutil.copyfile(source, target)


def _run(command: list[str]) -> None:
    environment = os.environ | {"NO_UPDATE_NOTIFIER": "1"}
    done = subprocess.run(  # noqa: S603 - our own command line, no shell
        command, cwd=ASSETS, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise AssetsError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


def main(arguments: list[str]) -> int:
    """Build unless the stamp says that nothing changed; 1 when it cannot be built."""
    if is_current() and "--force" not in arguments:
        return 0
    try:
        build()
    except AssetsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    size = sum(f.stat().st_size for f in VENDOR.rglob("*") if f.is_file())
    sys.stdout.write(f"Front-end assets built ({size // 1024} KiB).\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
