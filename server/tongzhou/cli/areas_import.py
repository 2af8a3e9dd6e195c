"""``tongzhou import areas``: divisions, census figures and boundaries, read together."""

import argparse
import json
from pathlib import Path

from tongzhou.cli.rows import as_data, as_lines
from tongzhou.kernel import clock
from tongzhou.kernel.terminal import Fault, words
from tongzhou.places.importing import ImportReport, import_areas

_ = words("cli")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, and what to do with refused rows."""
    add = parser.add_argument
    add(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE",
        help=_("CSV, Parquet, JSON or GeoJSON, or a folder"),
    )
    add("--within", default="", metavar="CODE", help=_("only this area and those inside it"))
    add("--source", default="", metavar="TEXT", help=_("where the data come from"))
    add("--skip-bad", action="store_true", help=_("leave refused rows out and take the others"))


def run(options: argparse.Namespace) -> int:
    """0: taken, or would be. 1: rows stood in the way; nothing was written."""
    try:
        report = import_areas(
            options.files,
            by=None,
            at=clock.now(),
            dry_run=options.dry_run,
            within=options.within,
            skip_bad=options.skip_bad,
            source=options.source,
        )
    except OSError as error:
        raise Fault("cannot-read", f"{error.filename}: {error.strerror}") from error
    if options.json:
        print(json.dumps(_data(report), ensure_ascii=False))
    else:
        print("\n".join(_lines(report)))
    return 1 if report.errors and not options.skip_bad else 0


def _lines(report: ImportReport) -> list[str]:
    lines = [
        _("%(rows)d rows: %(created)d areas new, %(updated)d changed, %(unchanged)d as they were.")
        % {
            "rows": report.rows,
            "created": report.created,
            "updated": report.updated,
            "unchanged": report.unchanged,
        }
    ]
    if report.elsewhere:
        lines.append(_("%(count)d areas of elsewhere left out.") % {"count": report.elsewhere})
    if report.unknown_columns:
        names = ", ".join(report.unknown_columns)
        lines.append(_("Columns not known: %(names)s") % {"names": names})
    if report.ignored:
        lines.append(_("Files not used: %(names)s") % {"names": ", ".join(report.ignored)})
    lines += as_lines(report.errors, _("wrong"))
    if report.dry_run:
        lines.append(_("A dry run: nothing was written."))
    elif not report.written:
        lines.append(_("Nothing was written."))
    return lines


def _data(report: ImportReport) -> dict[str, object]:
    return {
        "dry_run": report.dry_run,
        "written": report.written,
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "elsewhere": report.elsewhere,
        "unknown_columns": list(report.unknown_columns),
        "ignored": list(report.ignored),
        "faults": as_data(report.errors),
    }
