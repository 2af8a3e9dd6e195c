"""What the documents name is there: files, commands, targets, accounts, variables."""

import re
from pathlib import Path

import pytest

from tongzhou.cli.commands import COMMANDS
from tongzhou.cli.reference.variables import VARIABLES
from tongzhou.demo.cast import MEMBERS, PASSWORD

REPOSITORY = Path(__file__).resolve().parents[4]
DOCUMENTS = sorted(
    path.relative_to(REPOSITORY).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "deploy/**/*.md")
    for path in REPOSITORY.glob(pattern)
)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:^|[`\s])tongzhou ([a-z][a-z-]+)")
TARGET = re.compile(r"(?:^|`)make ([a-z][a-z-]*)")
VARIABLE = re.compile(r"\b(TONGZHOU_[A-Z_]+|DATABASE_URL)\b")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def text_of(document: str) -> str:
    return (REPOSITORY / document).read_text(encoding="utf-8")


def code_in(document: str) -> str:
    return "\n".join(CODE.findall(text_of(document)))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    links = LINK.findall(text_of(document))
    here = (REPOSITORY / document).parent

    local = [link for link in links if not link.startswith(("http://", "https://", "mailto:"))]
    lost = [link for link in local if not (here / link).exists()]

    assert lost == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_exist(document: str) -> None:
    assert set(COMMAND.findall(code_in(document))) <= COMMANDS.keys()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_make_has_the_targets_named(document: str) -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))

    assert set(TARGET.findall(code_in(document))) <= targets


@pytest.mark.parametrize("document", DOCUMENTS)
def test_variables_are_read_somewhere(document: str) -> None:
    known = {variable.name for variable in VARIABLES}

    assert set(VARIABLE.findall(text_of(document))) <= known


@pytest.mark.parametrize("document", ["README.md", "README.zh.md"])
def test_the_readme_gives_one_account_per_role(document: str) -> None:
    text = text_of(document)

    assert PASSWORD in text
    shown = {username for username, *_rest in MEMBERS if f"`{username}`" in text}
    roles = {member.role for member in MEMBERS}
    assert {member.role for member in MEMBERS if member.username in shown} == roles


def test_both_languages_have_the_same_guides() -> None:
    guides = {
        language: {path.name for path in (REPOSITORY / "docs/guide" / language).glob("*.md")}
        for language in ("en", "zh")
    }

    assert guides["en"] == guides["zh"] != set()


@pytest.mark.parametrize("path", sorted((REPOSITORY / "docs/guide").rglob("*.md")))
def test_a_guide_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 130
