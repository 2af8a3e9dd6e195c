"""The progress bar: how much is played, how long it will take, and the simulated day."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from tongzhou.demo.player import Progress, Watcher
from tongzhou.demo.season import ZONE


@contextmanager
def showing(progress: bool | Watcher) -> Iterator[Watcher]:
    """The watcher that a play is given: a bar on standard error for True, none for False,
    else the given function."""
    if not isinstance(progress, bool):
        yield progress
    elif not progress:
        yield lambda _state: None
    else:
        with Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
        ) as bar:
            shown = bar.add_task(_("Playing the demonstration"), total=None)

            def watch(state: Progress) -> None:
                day = state.at.astimezone(ZONE).date().isoformat()
                said = _("Playing %(day)s") % {"day": day}
                bar.update(shown, total=state.steps, completed=state.step, description=said)

            yield watch
