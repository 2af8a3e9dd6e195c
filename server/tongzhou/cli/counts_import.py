"""``tongzhou import counts``: cumulative daily counts per area, from a CSV file."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from tongzhou.actors import permissions
from tongzhou.actors.models import Person, Post
from tongzhou.actors.session import posts_of
from tongzhou.actors.vocabulary import COUNTS_RECORD
from tongzhou.cli.rows import MOST_SHOWN, as_data, as_lines
from tongzhou.incidents.importing import Correction, ImportReport, import_counts
from tongzhou.incidents.models import Incident
from tongzhou.kernel import clock
from tongzhou.kernel.terminal import Fault, words

_ = words("cli")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which figures, of which incident, in whose name."""
    add = parser.add_argument
    add("file", type=Path, metavar="FILE.csv")
    add("--incident", required=True, metavar="CODE", help=_("of which incident"))
    add("--source", required=True, metavar="TEXT", help=_("whose figures they are"))
    add("--as", dest="username", required=True, metavar="USERNAME", help=_("in whose name"))
    add("--within", default="", metavar="CODE", help=_("only areas inside this one"))
    add("--as-of", metavar="TIME", help=_("when the source had them (ISO 8601 with zone)"))


def run(options: argparse.Namespace) -> int:
    """0: taken, or would be. 1: rows stood in the way; nothing was written."""
    at = clock.now()
    incident = Incident.objects.filter(code=options.incident).select_related("area").first()
    if incident is None:
        raise Fault(
            "unknown-incident",
            _("No incident has the code “%(code)s”.") % {"code": options.incident},
        )
    try:
        with options.file.open("rb") as file:
            report = import_counts(
                file,
                incident=incident,
                by=_post(options.username, at=at),
                at=at,
                source=options.source,
                dry_run=options.dry_run,
                as_of=_moment(options.as_of),
                within=options.within,
            )
    except OSError as error:
        raise Fault("cannot-read", f"{options.file}: {error.strerror}") from error
    if options.json:
        print(json.dumps(_data(report), ensure_ascii=False))
    else:
        print("\n".join(_lines(report)))
    return 1 if report.faults else 0


def _post(username: str, *, at: datetime) -> Post:
    person = Person.objects.filter(username=username).first()
    posts = posts_of(person, at=at) if person is not None else []
    for post in posts:
        if permissions.holds(post, COUNTS_RECORD):
            return post
    raise Fault(
        "no-such-post",
        _("“%(username)s” holds no post that records counts.") % {"username": username},
    )


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Fault("time-malformed", _("“%(text)s” is no time.") % {"text": text}) from error
    if moment.tzinfo is None:
        raise Fault("time-without-zone", _("“%(text)s” names no time zone.") % {"text": text})
    return moment.astimezone(UTC)


def _lines(report: ImportReport) -> list[str]:
    told = {"rows": report.rows, "areas": report.areas, "ignored": report.ignored}
    lines = [_("%(rows)d rows of %(areas)d areas; %(ignored)d rows of elsewhere left out.") % told]
    if report.unknown_columns:
        names = ", ".join(report.unknown_columns)
        lines.append(_("Columns not known: %(names)s") % {"names": names})
    lines += as_lines(report.skipped, _("skipped")) + as_lines(report.faults, _("wrong"))
    lines += [_corrected(correction) for correction in report.corrections[:MOST_SHOWN]]
    recorded = report.recorded
    if recorded is not None:
        lines.append(
            _("%(added)d new, %(revised)d revised, %(unchanged)d as they were.")
            % {
                "added": recorded.added,
                "revised": recorded.revised,
                "unchanged": recorded.unchanged,
            }
        )
    if report.faults:
        lines.append(_("Nothing was written."))
    elif report.dry_run:
        lines.append(_("A dry run: nothing was written."))
    return lines


def _corrected(correction: Correction) -> str:
    return _("%(area)s, %(date)s: %(figure)s reported %(reported)d, used %(used)d") % {
        "area": correction.area,
        "date": correction.date,
        "figure": correction.figure,
        "reported": correction.reported,
        "used": correction.used,
    }


def _data(report: ImportReport) -> dict[str, object]:
    recorded = report.recorded
    return {
        "dry_run": report.dry_run,
        "rows": report.rows,
        "ignored": report.ignored,
        "areas": report.areas,
        "first": str(report.first) if report.first else None,
        "last": str(report.last) if report.last else None,
        "unknown_columns": list(report.unknown_columns),
        "skipped": as_data(report.skipped),
        "faults": as_data(report.faults),
        "added": recorded.added if recorded else 0,
        "revised": recorded.revised if recorded else 0,
        "unchanged": recorded.unchanged if recorded else 0,
        "corrections": [
            {
                "area": c.area.code,
                "date": str(c.date),
                "figure": c.figure,
                "reported": c.reported,
                "used": c.used,
            }
            for c in report.corrections
        ],
    }
