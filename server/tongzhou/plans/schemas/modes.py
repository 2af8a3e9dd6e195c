"""What the API takes and gives of peacetime and emergency."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from tongzhou.kernel.api.values import Input, Moment, Output
from tongzhou.places.models import AreaMode
from tongzhou.places.modes import Standing

ModeName = Literal["peace", "emergency"]


class SwitchIn(Input):
    """Where to, and why; an emergency needs an end, half a year ahead at most."""

    mode: ModeName
    reason: Annotated[str, Field(max_length=4000)]
    until: Moment | None = None


class SwitchOut(Output):
    """One switch of an area."""

    area: str
    mode: ModeName
    at: datetime
    until: datetime | None
    reason: str

    @classmethod
    def of(cls, row: AreaMode) -> Self:
        """From the model, with the area joined."""
        names = ("mode", "at", "until", "reason")
        return cls.model_construct(
            area=row.area.code, **{name: getattr(row, name) for name in names}
        )


class ModeOut(Output):
    """The mode of an area. ``by``: the switch that makes an emergency of it, of its own or of
    an area around it; ``history``: these switches, the latest first, fifty at most."""

    mode: ModeName
    by: SwitchOut | None
    history: list[SwitchOut]

    @classmethod
    def of(cls, standing: Standing, history: Sequence[AreaMode]) -> Self:
        """From what holds."""
        return cls.model_construct(
            mode=standing.mode.value,
            by=SwitchOut.of(standing.row) if standing.row is not None else None,
            history=[SwitchOut.of(row) for row in history],
        )
