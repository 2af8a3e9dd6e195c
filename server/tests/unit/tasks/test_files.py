"""Files: what is taken is decided by the content, and what is given out is never run."""

import codecs
import hashlib
import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotFound
from tongzhou.tasks import file_types, queries
from tongzhou.tasks.actions.attach_file import attach_file
from tongzhou.tasks.actions.merge_tasks import merge_tasks
from tongzhou.tasks.downloads import as_download
from tongzhou.tasks.kept_files import FileEmpty, FileTooLarge, FileTypeRefused
from tongzhou.tasks.models import Attachment, State, Task

from .conftest import AT, bring, draft

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def zipped(**members: bytes | str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def office(member: str, **more: bytes) -> bytes:
    return zipped(**{"[Content_Types].xml": b"<Types/>", member: b"<x/>", **more})


def sheet() -> bytes:
    file = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["住户", 12])
    book.save(file)
    return file.getvalue()


TAKEN = {
    "report.pdf": (b"%PDF-1.7\n...", "application/pdf"),
    "photo.png": (PNG, "image/png"),
    "photo.jpg": (b"\xff\xd8\xff\xe0" + b"\x00" * 20, "image/jpeg"),
    "households.xlsx": (sheet(), file_types._ZIPPED["xl/workbook.xml"].content_type),
    "plan.docx": (
        office("word/document.xml"),
        file_types._ZIPPED["word/document.xml"].content_type,
    ),
    "talk.pptx": (
        office("ppt/presentation.xml"),
        file_types._ZIPPED["ppt/presentation.xml"].content_type,
    ),
    "plan.odt": (
        zipped(mimetype="application/vnd.oasis.opendocument.text"),
        "application/vnd.oasis.opendocument.text",
    ),
    "old.doc": (OLE + "WordDocument".encode("utf-16-le"), "application/msword"),
    "old.xls": (OLE + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
    "list.csv": ("姓名,楼栋\n张,3\n".encode(), "text/csv"),
    "excel.csv": ("姓名,楼栋\n张,3\n".encode("gb18030"), "text/csv"),
    "notes.txt": (codecs.BOM_UTF8 + "密切接触者".encode(), "text/plain"),
    "utf16.txt": ("发热".encode("utf-16"), "text/plain"),
    "less.txt": (b"if a < b then stay at home", "text/plain"),
}
REFUSED = {
    "setup.exe": b"MZ\x90\x00" + b"\x00" * 60,
    "holiday.jpg": b"MZ\x90\x00" + b"\x00" * 60,
    "tool": b"\x7fELF\x02\x01\x01" + b"\x00" * 60,
    "page.html": b"<!DOCTYPE html><script>alert(1)</script>",
    "page.txt": b"  \n<html><body onload=alert(1)>",
    "later.txt": b"Dear all,\n" * 20 + b"<script>alert(1)</script>",
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "feed.xml": b'<?xml version="1.0"?><x/>',
    "run.sh": b"#!/bin/sh\nrm -rf /",
    "utf7.html": "<html>".encode("utf-16"),
    "archive.zip": zipped(**{"run.exe": b"MZ"}),
    "app.jar": zipped(**{"META-INF/MANIFEST.MF": b"x"}),
    "macros.docx": office("word/document.xml", **{"word/vbaProject.bin": b"x"}),
    "broken.docx": b"PK\x03\x04 not really",
    "macros.xls": OLE + "Workbook".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le"),
    "installer.msi": OLE + "Binary".encode("utf-16-le"),
    "binary.dat": bytes(range(256)),
    "nul.txt": b"text\x00text",
    "film.mkv": b"\x1a\x45\xdf\xa3" + b"\x00\x42\x82\x88matroska" + b"\x00" * 40,
}


def upload(name: str, content: bytes) -> "SimpleUploadedFile":
    # The browser's own word on the type is worth nothing.
    return SimpleUploadedFile(name, content, content_type="image/png")


@pytest.mark.parametrize("name", TAKEN)
def test_the_type_is_told_from_the_content(name: str) -> None:
    content, content_type = TAKEN[name]

    kind = file_types.detect(io.BytesIO(content), name=name)

    assert kind is not None
    assert kind.content_type == content_type
    assert kind in file_types.allowed()
    assert file_types.safe_name(name, kind) == name


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_be_run_or_is_unknown_has_no_type_here(name: str) -> None:
    assert file_types.detect(io.BytesIO(REFUSED[name]), name=name) is None


def test_a_file_is_kept_with_its_type_and_hash(cast: Cast, task: Task) -> None:
    content, content_type = TAKEN["households.xlsx"]

    kept = attach_file(task=task, file=upload("households.xlsx", content), by=cast.ye, at=AT)

    assert (kept.content_type, kept.name) == (content_type, "households.xlsx")
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.file.read() == content


def test_a_file_of_no_type_is_refused(cast: Cast, task: Task) -> None:
    with pytest.raises(FileTypeRefused):
        attach_file(task=task, file=upload("a.jpg", REFUSED["holiday.jpg"]), by=cast.ye, at=AT)

    assert not Attachment.objects.exists()


def test_an_empty_file_is_refused(cast: Cast, task: Task) -> None:
    with pytest.raises(FileEmpty):
        attach_file(task=task, file=upload("empty.txt", b""), by=cast.ye, at=AT)


def test_a_file_above_the_limit_is_refused(
    cast: Cast, task: Task, settings: pytest.FixtureRequest
) -> None:
    settings.TONGZHOU_FILE_LIMIT = 10  # type: ignore[attr-defined]
    attach_file(task=task, file=upload("a.txt", b"0123456789"), by=cast.ye, at=AT)

    with pytest.raises(FileTooLarge) as caught:
        attach_file(task=task, file=upload("a.txt", b"01234567890"), by=cast.ye, at=AT)

    assert "11" in str(caught.value)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\me\\list.txt", "list.txt"),
        ("run.bat", "run.bat.txt"),
        ("invoice\u202etxt.exe", "invoicetxt.exe.txt"),
        ("a\r\nb: c.txt", "ab_ c.txt"),
        ("   ", "file.txt"),
        (".htaccess", "htaccess.txt"),
        ("密切接触者名单.txt", "密切接触者名单.txt"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
        ("NOTES.TXT", "NOTES.TXT"),
        ('a"b;c.txt', "a_b;c.txt"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    assert file_types.safe_name(given, file_types.FileType("text/plain", (".txt",))) == kept


def test_it_is_stored_under_a_name_that_tells_nothing(cast: Cast, task: Task) -> None:
    kept = attach_file(task=task, file=upload("secret.pdf", b"%PDF-1"), by=cast.ye, at=AT)

    assert "secret" not in kept.file.name
    assert not kept.file.name.endswith(".pdf")


def test_it_is_given_out_to_be_saved_and_nothing_else(cast: Cast, task: Task) -> None:
    kept = attach_file(task=task, file=upload("名单.csv", b"a,b\n"), by=cast.ye, at=AT)

    answer = as_download(queries.attachment_for(visible_to=cast.lou, id=kept.id))

    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "text/csv"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer) == b"a,b\n"


def test_who_does_not_see_the_task_does_not_get_the_file(cast: Cast, task: Task) -> None:
    kept = attach_file(task=task, file=upload("a.txt", b"text"), by=cast.ye, at=AT)

    with pytest.raises(NotFound):
        queries.attachment_for(visible_to=cast.ou, id=kept.id)


def test_files_of_a_merged_task_are_found_with_the_other(cast: Cast, task: Task) -> None:
    repeat = bring(
        cast, draft(cast, assisting=[cast.units["wz-command"]], informed=[]), State.DISPATCHED
    )
    kept = attach_file(task=repeat, file=upload("a.txt", b"text"), by=cast.ye, at=AT)

    merge_tasks(task=repeat, into=task, by=cast.lou, at=AT)

    assert queries.attachment_for(visible_to=cast.chu, id=kept.id) == kept
    found = queries.detail(visible_to=cast.chu, number=task.number, at=AT)
    assert [file.id for file in found.files] == [kept.id]


def test_the_ledger_holds_the_hash_and_not_the_name(
    cast: Cast, task: Task, last_act: object
) -> None:
    kept = attach_file(task=task, file=upload("Zhang San.txt", b"text"), by=cast.ye, at=AT)

    act = last_act()

    assert act.data["sha256"] == kept.sha256
    assert "Zhang" not in str(act.data)
