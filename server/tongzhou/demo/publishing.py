"""Templates that the command publishes in the story: ``scenario/templates/*.yaml``, in force from
the day of the act."""

from datetime import datetime
from pathlib import Path
from typing import Final

import yaml
from django.utils import timezone

from tongzhou.actors.models import Post
from tongzhou.library.actions.publish_version import publish_version
from tongzhou.library.reading import check

_FOLDER: Final = Path(__file__).parent / "scenario" / "templates"


def publish(*, template: str, reason: str, by: Post, at: datetime) -> None:
    """Publishes the file of this name, in the place of the version before if there is one."""
    file = f"{template}.yaml"
    plain = yaml.safe_load((_FOLDER / file).read_text(encoding="utf-8"))
    plain["valid_from"] = timezone.localdate(at)
    publish_version(read=check(plain, file=file), reason=reason, take_place=True, by=by, at=at)
