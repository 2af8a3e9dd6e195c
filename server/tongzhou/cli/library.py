"""``tongzhou library``: templates from files and into files; the country profile."""

import argparse
import json
from datetime import date, datetime
from pathlib import Path
from typing import Final

from tongzhou.actors import permissions
from tongzhou.actors.models import Person, Post
from tongzhou.actors.session import posts_of
from tongzhou.actors.vocabulary import LIBRARY_EDIT, PROFILE_CHOOSE, Word
from tongzhou.cli.applications import told_plainly
from tongzhou.kernel import clock
from tongzhou.kernel.terminal import Fault, words
from tongzhou.library import profile, writing
from tongzhou.library.actions.choose_profile import choose_profile
from tongzhou.library.actions.import_templates import File, Line, Report, import_templates
from tongzhou.library.queries import export
from tongzhou.library.reading import LARGEST

_ = words("cli")
_MOST_SHOWN: Final = 40


def arguments(parser: argparse.ArgumentParser) -> None:
    """Three things that can be done with the library."""
    choices = parser.add_subparsers(dest="what", required=True, metavar="import|export|profile")
    bringing = choices.add_parser("import", help=_("publish the templates in YAML files"))
    bringing.add_argument("files", type=Path, nargs="+", metavar="FILE", help=_("or a folder"))
    bringing.add_argument("--as", dest="username", required=True, metavar="USERNAME",
                          help=_("in whose name"))  # fmt: skip
    bringing.add_argument("--reason", required=True, metavar="TEXT", help=_("why; it is kept"))
    bringing.add_argument("--take-place", action="store_true",
                          help=_("take the place of versions whose dates overlap"))  # fmt: skip
    bringing.add_argument(
        "--dry-run", action="store_true", help=_("write nothing, tell everything")
    )
    bringing.add_argument("--json", action="store_true", help=_("print one JSON object"))
    writing_out = choices.add_parser("export", help=_("write templates as YAML files"))
    writing_out.add_argument("folder", type=Path, metavar="FOLDER")
    writing_out.add_argument("--kind", default="", metavar="KIND", help=_("of one kind only"))
    writing_out.add_argument("--jurisdiction", default="", metavar="CODE",
                             help=_("of one jurisdiction only"))  # fmt: skip
    writing_out.add_argument("--on", metavar="DAY", help=_("in force on this day (today)"))
    choosing = choices.add_parser("profile", help=_("show or switch the country profile"))
    choosing.add_argument("name", nargs="?", default="", metavar="cn|int")
    choosing.add_argument(
        "--as", dest="username", default="", metavar="USERNAME", help=_("in whose name")
    )
    choosing.add_argument("--reason", default="", metavar="TEXT", help=_("why; it is kept"))


def run(options: argparse.Namespace) -> int:
    """0: done, or would be. 1: files stood in the way; nothing was written."""
    with told_plainly():
        match options.what:
            case "import":
                return _import(options)
            case "export":
                return _export(options)
            case _:
                return _profile(options)


def _import(options: argparse.Namespace) -> int:
    at = clock.now()
    report = import_templates(
        files=[_read(path) for path in _paths(options.files)],
        reason=options.reason,
        by=_post(options.username, LIBRARY_EDIT, at=at),
        at=at,
        take_place=options.take_place,
        dry_run=options.dry_run,
    )
    if options.json:
        print(json.dumps(_data(report), ensure_ascii=False))
    else:
        print("\n".join(_lines(report)))
    return 1 if report.refused else 0


def _export(options: argparse.Namespace) -> int:
    on = _day(options.on) if options.on else clock.now().date()
    found = export.in_force(on=on, kind=options.kind, jurisdiction=options.jurisdiction)
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        for version in found:
            text = writing.as_yaml(writing.plain(version))
            (options.folder / writing.file_name(version)).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Fault("cannot-write", f"{error.filename}: {error.strerror}") from error
    print(_("%(count)d files written.") % {"count": len(found)})
    return 0


def _profile(options: argparse.Namespace) -> int:
    if options.name:
        at = clock.now()
        by = _post(options.username, PROFILE_CHOOSE, at=at)
        choose_profile(name=options.name, reason=options.reason, by=by, at=at)
    print(profile.current())
    return 0


def _paths(given: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in given:
        found += sorted(path.glob("**/*.y*ml")) if path.is_dir() else [path]
    return found


def _read(path: Path) -> File:
    try:
        with path.open("rb") as file:
            return File(str(path), file.read(LARGEST + 1))
    except OSError as error:
        raise Fault("cannot-read", f"{path}: {error.strerror}") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Fault("no-such-day", _("“%(text)s” is no day.") % {"text": text}) from error


def _post(username: str, word: Word, *, at: datetime) -> Post:
    person = Person.objects.filter(username=username).first()
    for post in posts_of(person, at=at) if person is not None else []:
        if permissions.holds(post, word):
            return post
    raise Fault(
        "no-such-post",
        _("“%(username)s” holds no post that may do this.") % {"username": username},
    )


def _lines(report: Report) -> list[str]:
    told = {
        "published": len(report.published),
        "unchanged": sum(line.becomes == "unchanged" for line in report.lines),
        "refused": len(report.refused),
    }
    lines = [
        _("%(published)d to publish, %(unchanged)d unchanged, %(refused)d refused.") % told
        if report.dry_run or report.refused
        else _("%(published)d published, %(unchanged)d unchanged.") % told
    ]
    faults = [fault for line in report.refused for fault in line.faults]
    lines += [
        f"{f.file}:{f.line}: {f.field or '–'}: {f.sentence} ({f.code})"
        for f in faults[:_MOST_SHOWN]
    ]
    if len(faults) > _MOST_SHOWN:
        more = len(faults) - _MOST_SHOWN
        lines.append(_("… and %(count)d more; --json has all.") % {"count": more})
    if report.refused:
        lines.append(_("Nothing was written."))
    elif report.dry_run:
        lines.append(_("A dry run: nothing was written."))
    return lines


def _data(report: Report) -> dict[str, object]:
    return {
        "dry_run": report.dry_run,
        "written": report.written,
        "lines": [_line(line) for line in report.lines],
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "file": line.file,
        "becomes": line.becomes,
        "number": line.number,
        "faults": [
            {"line": f.line, "field": f.field, "code": f.code, "detail": f.sentence}
            for f in line.faults
        ],
    }
