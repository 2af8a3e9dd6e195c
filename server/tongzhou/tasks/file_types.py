"""What a file is, told from its content: the name that it came with proves nothing.

Only what people exchange at work is taken. Programs, pages that a browser would run (HTML,
SVG), archives and anything unknown are not.
"""

import codecs
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import filetype


@dataclass(frozen=True)
class FileType:
    """A content type and the endings that its names have; the first is the usual one."""

    content_type: str
    endings: tuple[str, ...]


_TEXT = FileType("text/plain", (".txt", ".md", ".log"))
_CSV = FileType("text/csv", (".csv", ".tsv"))
_OOXML = "application/vnd.openxmlformats-officedocument."
#: By a member that only this type has.
_ZIPPED = {
    "word/document.xml": FileType(_OOXML + "wordprocessingml.document", (".docx",)),
    "xl/workbook.xml": FileType(_OOXML + "spreadsheetml.sheet", (".xlsx",)),
    "ppt/presentation.xml": FileType(_OOXML + "presentationml.presentation", (".pptx",)),
}
_ODF = "application/vnd.oasis.opendocument."
_OPEN_DOCUMENT = {
    t.content_type: t
    for t in (
        FileType(_ODF + "text", (".odt",)),
        FileType(_ODF + "spreadsheet", (".ods",)),
        FileType(_ODF + "presentation", (".odp",)),
    )
}
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: By a stream that only this type has; an installer is such a file too, and has none of them.
_OLE = {
    "WordDocument": FileType("application/msword", (".doc",)),
    "Workbook": FileType("application/vnd.ms-excel", (".xls",)),
    "PowerPoint Document": FileType("application/vnd.ms-powerpoint", (".ppt",)),
}
_MAGIC = {
    t.content_type: t
    for t in (
        FileType("application/pdf", (".pdf",)),
        FileType("image/png", (".png",)),
        FileType("image/jpeg", (".jpg", ".jpeg")),
        FileType("image/gif", (".gif",)),
        FileType("image/webp", (".webp",)),
        FileType("image/heic", (".heic",)),
        FileType("audio/mpeg", (".mp3",)),
        FileType("audio/mp4", (".m4a",)),
        FileType("audio/aac", (".aac",)),
        FileType("audio/amr", (".amr",)),
        FileType("audio/ogg", (".ogg",)),
        FileType("audio/x-wav", (".wav",)),
        FileType("video/mp4", (".mp4",)),
        FileType("video/quicktime", (".mov",)),
    )
}
_MARKUP = re.compile(
    r"<(!--|(!doctype|\?xml|\?php|html|head|body|script|svg|iframe|object|embed|style|meta|link|"
    r"title|table|div|img|form|h1|font)\b)",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LOOKED_AT = 4096  # characters in which a browser would look for markup, with room to spare


def allowed() -> list[FileType]:
    """All types that are taken; for the reference and for the file field's ``accept``."""
    return [
        *_MAGIC.values(), *_ZIPPED.values(), *_OPEN_DOCUMENT.values(), *_OLE.values(),
        _CSV, _TEXT,
    ]  # fmt: skip


def detect(file: IO[bytes], *, name: str) -> FileType | None:
    """The type of a file from its content, None for one that is not taken. ``name`` only
    decides between two kinds of plain text. Leaves the file at its beginning."""
    file.seek(0)
    content = file.read()
    file.seek(0)
    if content.startswith(b"PK"):
        return _in_zip(file)
    if content.startswith(_OLE_MAGIC):
        return _in_ole(content)
    kind = filetype.guess(content[:8192])
    if kind is not None:
        return _MAGIC.get(kind.mime)
    return _in_text(content, name)


def _in_zip(file: IO[bytes]) -> FileType | None:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if any(name.endswith("vbaProject.bin") for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                written = archive.read("mimetype").decode("ascii", errors="replace").strip()
                return _OPEN_DOCUMENT.get(written)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return None
    finally:
        file.seek(0)
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for member, kind in _ZIPPED.items() if member in names), None)


def _in_ole(content: bytes) -> FileType | None:
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        return None
    for stream, kind in _OLE.items():
        if stream.encode("utf-16-le") in content:
            return kind
    return None


def _in_text(content: bytes, name: str) -> FileType | None:
    text = _decoded(content)
    if text is None or text.startswith("#!") or _CONTROL.search(text):
        return None
    if _MARKUP.search(text[:_LOOKED_AT]):
        return None
    return _CSV if PurePosixPath(name.lower()).suffix in _CSV.endings else _TEXT


def _decoded(content: bytes) -> str | None:
    """As UTF-8, UTF-16 with a mark, or GB 18030 (in which everything Chinese is at home)."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


_LONGEST = 120
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')


def safe_name(name: str, kind: FileType) -> str:
    """The name without folders, invisible and reserved characters, not too long, and with an
    ending that says what the file is: ``run.bat`` with plain text in it is ``run.bat.txt``."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(
        character
        for character in unicodedata.normalize("NFC", last)
        if unicodedata.category(character)[0] != "C"
    )
    cleaned = _NOT_IN_NAMES.sub("_", visible).strip(" .") or "file"
    ending = PurePosixPath(cleaned).suffix
    stem = cleaned.removesuffix(ending)
    if ending.lower() not in kind.endings:
        stem, ending = cleaned, kind.endings[0]
    return stem[: _LONGEST - len(ending)].strip(" .") + ending
