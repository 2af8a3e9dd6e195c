"""The evidence of a diagnosis, in codes, so that each measure is a line of arithmetic."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from actscope.codes import Codes, coded, coded_together
from actscope.counting import Mask, column_of, mask_of
from actscope.dimensions.boundaries import GOVERNMENT, Boundary
from actscope.dimensions.gaps import Gap, gaps
from actscope.dimensions.measured import DRAWS
from actscope.dimensions.requests import Requests, requests
from actscope.dimensions.resampling import Resamples, resamples
from actscope.dimensions.view import View, view


@dataclass(frozen=True)
class Log:
    """``acts``: a table of acts; ``actors``: of units, for their attributes; ``plan``: of the ties
    that a plan foresees (``source``, ``target``); ``cases``: open and closed ones. A measure that
    needs what is not there is empty. ``seed``: of the bootstrap."""

    acts: pa.Table
    actors: pa.Table | None = None
    plan: pa.Table | None = None
    cases: pa.Table | None = None
    seed: int = 1

    @cached_property
    def collaboration(self) -> Mask:
        """Which acts are collaboration: their kind is not empty."""
        return mask_of(pc.is_valid(column_of(self.acts, "kind")))

    @cached_property
    def _coded(self) -> tuple[Codes, Codes, Codes, tuple[str, ...]]:
        partners = column_of(self.acts, "with_units")
        row = pc.list_parent_indices(partners)
        units = pa.chunked_array([pa.array(self._of_actors("unit"), pa.string())])
        (by, to, _), names = coded_together(
            (column_of(self.acts, "by_unit"), pc.list_flatten(partners), units)
        )
        return by, to, np.asarray(row).astype(np.int64), names

    @property
    def by(self) -> Codes:
        """The acting unit of each act; −1: nobody."""
        return self._coded[0]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all units."""
        return self._coded[3]

    @cached_property
    def pairs(self) -> tuple[Codes, Codes]:
        """Row and partner, once for each other unit that took part in an act of a unit."""
        by, to, row, names = self._coded
        real = (to >= 0) & (by[row] >= 0) & (to != by[row])
        keys = np.unique(row[real] * max(len(names), 1) + to[real])
        rows, partners = np.divmod(keys, max(len(names), 1))
        return rows, partners

    @cached_property
    def social(self) -> npt.NDArray[np.int8]:
        """For each unit 0 where it is government, 1 where it is not, −1 where nobody says."""
        told = dict(zip(self._of_actors("unit"), self._of_actors("sector"), strict=True))
        found = [told.get(name) for name in self.names]
        return np.array([-1 if s is None else int(s not in GOVERNMENT) for s in found], np.int8)

    @cached_property
    def view(self) -> View:
        """The same with the attributes of organisations."""
        nobody = pa.table({"unit": pa.array([], pa.string())})
        return view(self.acts, nobody if self.actors is None else self.actors, self.plan)

    @cached_property
    def requests(self) -> Requests:
        """What was asked of whom, and what became of it."""
        return requests(self.view)

    @cached_property
    def drawn(self) -> Resamples:
        """The organisations drawn anew."""
        size = len(self.view.organisations)
        return resamples(size, np.arange(size), draws=DRAWS, seed=self.seed)

    @cached_property
    def gaps(self) -> dict[Boundary, Gap]:
        """The gap at each boundary."""
        return gaps(self.view, self.requests, self.drawn)

    def kind(self, *kinds: str) -> Mask:
        """Which acts are of these kinds."""
        return self.holds("kind", *kinds)

    def holds(self, column: str, *words: str) -> Mask:
        """In which acts the column holds one of the words."""
        return mask_of(
            pc.is_in(column_of(self.acts, column), value_set=pa.array(words, pa.string()))
        )

    def filled(self, column: str) -> Mask:
        """In which acts the column is not empty."""
        return mask_of(pc.is_valid(column_of(self.acts, column)))

    @cached_property
    def case(self) -> Codes:
        """The case of each act; −1: none."""
        return coded(
            pc.binary_join_element_wise(
                pc.fill_null(column_of(self.acts, "about_kind"), ""),
                column_of(self.acts, "about_id"),
                "/",
            )
        ).codes

    def by_unit(self, acts: Mask) -> npt.NDArray[np.float64]:
        """How many of the acts each unit did."""
        chosen = self.by[acts & (self.by >= 0)]
        return np.bincount(chosen, minlength=len(self.names)).astype(np.float64)

    def _of_actors(self, column: str) -> list[str | None]:
        if self.actors is None:
            return []
        if column not in self.actors.column_names:
            return [None] * self.actors.num_rows
        found: list[str | None] = self.actors[column].to_pylist()
        return found
