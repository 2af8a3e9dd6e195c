"""``tongzhou library``: files in, files out."""

from pathlib import Path

import pytest

from tongzhou.cli import library, main
from tongzhou.demo.cast import Cast
from tongzhou.kernel.terminal import Fault
from tongzhou.library.models import TemplateVersion
from tongzhou.library.reading import read

GOOD = """\
kind: practice
key: night-desk
jurisdiction: "33"
title: {zh: 夜间值班台, en: Night desk}
valid_from: 2020-01-01
legal_force: practice
source: {text: Minutes}
confidence: m
body:
  context: {zh: 试行, en: Tried}
"""


def run(*words: str) -> int:
    """The command with these words."""
    return library.run(main.parser_of("library").parse_args(words))


def test_what_is_exported_can_be_brought_in(cast: Cast, tmp_path: Path) -> None:
    assert run("export", str(tmp_path), "--on", "2020-03-01") == 0

    files = sorted(tmp_path.glob("*.yaml"))
    assert {"risk_area-epidemic-risk-cn-1.yaml", "profile-words-int-1.yaml"} <= {
        file.name for file in files
    }
    for file in files:
        read(file.read_bytes(), file=file.name)
    given = ["--as", cast.shen.person.username, "--reason", "Back again", "--dry-run"]
    assert run("import", str(tmp_path), *given) == 0
    assert not TemplateVersion.objects.filter(reason="Back again").exists()


def test_a_broken_file_is_told_with_line_and_field(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(GOOD.replace("en: Tried", "fr: x"), encoding="utf-8")

    code = run("import", str(tmp_path), "--as", cast.shen.person.username, "--reason", "x")

    assert code == 1
    assert f"{tmp_path}/bad.yaml:10: body.context.fr" in capsys.readouterr().out
    assert not TemplateVersion.objects.filter(template__key="night-desk").exists()


def test_it_needs_somebody_who_may(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")

    with pytest.raises(Fault) as fault:
        run("import", str(tmp_path), "--as", cast.mei.person.username, "--reason", "x")

    assert fault.value.code == "no-such-post"


def test_the_profile_is_switched_and_shown(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("profile", "int", "--as", cast.shen.person.username, "--reason", "Visit") == 0
    assert capsys.readouterr().out.strip() == "int"
