"""Kinds of values in requests and answers. Each is bounded so that whatever passes can be
stored: the database never has to refuse what the API took."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from tongzhou.kernel.errors import Refusal

_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def _in_our_time(value: datetime) -> datetime:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise PydanticCustomError("time_out_of_range", "out of range")
    return value


def _day_in_our_time(value: date) -> date:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise PydanticCustomError("time_out_of_range", "out of range")
    return value


class Input(BaseModel):
    """Base of request bodies. A field that nobody knows is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


def left_out() -> Any:
    """For a field of a partial change: it may be left out, and cannot be null. Take what was
    given by ``body.model_dump(exclude_unset=True)``."""
    return Field(default_factory=lambda: None)


class Output(BaseModel):
    """Base of answers."""


class RowFault(Output):
    """What is wrong with a line of a file (the header is line 1)."""

    line: int | None
    field: str
    code: str
    detail: str

    @classmethod
    def of(cls, refusal: Refusal) -> Self:
        """From the refusal, in the reader's language."""
        return cls.model_construct(
            line=refusal.row, field=refusal.field, code=refusal.code, detail=str(refusal)
        )


#: One line of text.
Line = Annotated[str, Field(max_length=300)]
#: Text of several paragraphs.
Text = Annotated[str, Field(max_length=20_000)]
#: A code or a name in an address.
Code = Annotated[str, Field(min_length=1, max_length=80)]
#: A whole number that PostgreSQL's integer holds.
Whole = Annotated[int, Field(ge=0, le=2_147_483_647)]
#: A time with its zone, in the years 1900 to 2200.
Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
#: A calendar day in the same years.
Day = Annotated[date, AfterValidator(_day_in_our_time)]
#: How many items a page of a list holds at most.
Limit = Annotated[int, Field(ge=1, le=200)]
#: Where a page of a list begins; empty for the first.
Cursor = Annotated[str, Field(max_length=600)]
#: What is searched for.
Search = Annotated[str, Field(max_length=100)]
