"""The backup archive: what is not ours is refused, and nothing is written outside."""

import io
import tarfile
from pathlib import Path

import pytest

from tongzhou.cli import archive
from tongzhou.cli.archive import Manifest
from tongzhou.kernel.terminal import Fault

MANIFEST = Manifest(made_at="2020-03-29T00:00:00+00:00", server_major=18, acts=7, head="ab")


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """An archive as it should be."""
    (tmp_path / "work").mkdir()
    dump = tmp_path / "work" / "database.dump"
    dump.write_bytes(b"dump")
    files = tmp_path / "files"
    (files / "ab").mkdir(parents=True)
    (files / "ab" / "图.txt").write_text("text", encoding="utf-8")
    target = tmp_path / "backup.tar"
    archive.write(target, MANIFEST, dump=dump, files=files)
    return target


def crafted(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w") as file:
        for member, content in members:
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    return path


def test_it_comes_back_as_it_was(whole: Path, tmp_path: Path) -> None:
    found = archive.unpack(whole, tmp_path / "new")

    assert found == MANIFEST
    assert (tmp_path / "new" / "database.dump").read_bytes() == b"dump"
    assert (tmp_path / "new" / "files" / "ab" / "图.txt").read_text(encoding="utf-8") == "text"


def test_only_its_maker_may_read_it(whole: Path) -> None:
    assert whole.stat().st_mode & 0o077 == 0


def test_no_half_archive_is_left_when_writing_fails(tmp_path: Path) -> None:
    with pytest.raises(Fault) as told:
        archive.write(
            tmp_path / "backup.tar",
            MANIFEST,
            dump=tmp_path / "missing.dump",
            files=tmp_path / "files",
        )

    assert told.value.code == "cannot-write"
    assert list(tmp_path.glob("backup*")) == []


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "files/../../outside", "extra"])
def test_nothing_is_written_outside(tmp_path: Path, name: str) -> None:
    evil = crafted(tmp_path / "evil.tar", (tarfile.TarInfo(name), b"x"))

    with pytest.raises(Fault) as told:
        archive.unpack(evil, tmp_path / "deep" / "new")

    assert told.value.code == "bad-archive"
    assert not any(path.name == "outside" for path in tmp_path.rglob("*"))


def test_links_are_refused(tmp_path: Path) -> None:
    link = tarfile.TarInfo("files/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    evil = crafted(tmp_path / "evil.tar", (link, b""))

    with pytest.raises(Fault):
        archive.unpack(evil, tmp_path / "new")


@pytest.mark.parametrize(
    "manifest",
    [
        b"not json",
        b"[]",
        b"{}",
        b'{"made_at":"","server_major":1,"acts":0,"head":"","format":"2"}',
    ],
)
def test_an_archive_of_somebody_else_is_refused(tmp_path: Path, manifest: bytes) -> None:
    strange = crafted(
        tmp_path / "strange.tar",
        (tarfile.TarInfo("manifest.json"), manifest),
        (tarfile.TarInfo("database.dump"), b"dump"),
    )

    with pytest.raises(Fault) as told:
        archive.unpack(strange, tmp_path / "new")

    assert told.value.code == "bad-archive"


def test_one_without_a_dump_is_refused(tmp_path: Path) -> None:
    half = crafted(tmp_path / "half.tar", (tarfile.TarInfo("manifest.json"), b"{}"))

    with pytest.raises(Fault):
        archive.unpack(half, tmp_path / "new")


def test_one_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Fault) as told:
        archive.unpack(tmp_path / "nowhere.tar", tmp_path / "new")

    assert told.value.code == "no-archive"
    assert "nowhere.tar" in str(told.value)
