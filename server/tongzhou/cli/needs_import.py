"""``tongzhou import needs``: needs, offers, matches and the status of hospitals from files."""

import argparse
import json
from pathlib import Path

from tongzhou.actors.models import Unit
from tongzhou.actors.queries import UnitUnknown
from tongzhou.cli.rows import as_data, as_lines
from tongzhou.kernel import clock
from tongzhou.kernel.terminal import Fault, words
from tongzhou.needs.choices import ImportSource
from tongzhou.needs.importing import Report, import_files

_ = words("cli")
#: Tables of words that come with a source and hold no records.
_LOOKUPS = "lookup_"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, of what shape, and what to do with refused rows."""
    add = parser.add_argument
    add("files", type=Path, nargs="+", metavar="FILE", help=_("CSV, XLSX or Parquet, or a folder"))
    add("--source", choices=ImportSource.values, default="table", help=_("shape of the files"))
    add("--unit", default="", metavar="CODE", help=_("the unit under which new units stand"))
    add("--skip-bad", action="store_true", help=_("leave refused rows out and take the others"))


def run(options: argparse.Namespace) -> int:
    """0: taken, or would be. 1: rows stood in the way; nothing was written."""
    try:
        files = [(path.name, path.read_bytes()) for path in _files(options.files)]
    except OSError as error:
        raise Fault("cannot-read", f"{error.filename}: {error.strerror}") from error
    under = Unit.objects.select_related("area").filter(code=options.unit).first()
    if options.unit and under is None:
        raise UnitUnknown(code=options.unit)
    report = import_files(
        files, source=options.source, by=None, at=clock.now(), under=under,
        dry_run=options.dry_run, skip_bad=options.skip_bad,
    )  # fmt: skip
    if options.json:
        print(json.dumps(_data(report), ensure_ascii=False))
    else:
        print("\n".join(_lines(report)))
    return 1 if report.faults and not options.skip_bad else 0


def _files(paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [
            one for one in inside
            if one.suffix in {".csv", ".xlsx", ".parquet"} and not one.name.startswith(_LOOKUPS)
        ]  # fmt: skip
    return found


def _lines(report: Report) -> list[str]:
    counts = {name: value for name, value in report.counts().items() if value}
    lines = [", ".join(f"{name} {value}" for name, value in counts.items())]
    if report.unknown_columns:
        names = ", ".join(report.unknown_columns)
        lines.append(_("Columns not known: %(names)s") % {"names": names})
    if report.unused:
        lines.append(_("Files not used: %(names)s") % {"names": ", ".join(report.unused)})
    lines += as_lines(report.faults, _("wrong"))
    lines += as_lines(report.notes, _("note"))
    if report.dry_run:
        lines.append(_("A dry run: nothing was written."))
    elif not report.written:
        lines.append(_("Nothing was written."))
    return lines


def _data(report: Report) -> dict[str, object]:
    return {
        "dry_run": report.dry_run,
        "written": report.written,
        **{name: n for name, n in report.counts().items() if name not in ("faults", "notes")},
        "unknown_columns": report.unknown_columns,
        "unused": report.unused,
        "faults": as_data(report.faults),
        "notes": as_data(report.notes),
    }
