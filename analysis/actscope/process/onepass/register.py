"""Who and what a log names, in numbers: the first step of the pass, done while the second works on
the batch before."""

from dataclasses import dataclass, field, replace

import numpy as np

from actscope.errors import InputError
from actscope.process.onepass import kernels
from actscope.process.onepass.batches import Batch
from actscope.process.onepass.cells import Cells
from actscope.process.onepass.layout import Layout, Measure
from actscope.process.onepass.names import Codes, Ints, NameTable, code_rows, grown

MOST_UNITS = 1 << kernels.UNIT_BITS
MOST_PHASES = 1 << 14


class TooManyNamesError(InputError):
    """A column that holds too many different values for what it should be."""

    code = "too_many_names"
    en = "“{field}” has too many different values, or pairs of them, for one pass: over {value}."
    zh = "“{field}”的不同取值（或其组合）过多，超过 {value} 个，无法单遍扫描。"


@dataclass(slots=True)
class Register:
    """All names, numbered in order of first appearance, so that the numbers do not depend on how
    the log came in pieces. ``case_ids``: name and kind (as codes) of each of the ``case_number``
    cases; ``first_case``: the first case of each name; ``other_cases``: those of further kinds."""

    case_kinds: NameTable = field(default_factory=NameTable)
    case_names: NameTable = field(default_factory=NameTable)
    units: NameTable = field(default_factory=NameTable)
    kinds: NameTable = field(default_factory=NameTable)
    phases: NameTable = field(default_factory=NameTable)
    case_ids: Codes = field(default_factory=lambda: np.empty((16, 2), np.int32))
    case_number: Ints = field(default_factory=lambda: np.zeros(1, np.int64))
    first_case: Codes = field(default_factory=lambda: np.empty(0, np.int32))
    other_cases: Cells = field(default_factory=Cells)

    def copy(self) -> "Register":
        """The same names, apart."""
        return replace(self, **{name: getattr(self, name).copy() for name in self.__slots__})

    def case_text(self, case: int) -> str:
        """The name of a case."""
        return self.case_names.text(int(self.case_ids[case, 0]))


@dataclass(frozen=True, slots=True)
class CodedBatch:
    """A batch in numbers: −1 stands for nothing. ``cases`` and ``units``: how many are known after
    it. Columns that no measure needs are empty."""

    first: int
    rows: int
    at: Ints
    case: Codes
    unit: Codes
    kind: Codes
    phase: Codes
    partner: Codes
    starts: Ints
    cases: int
    units: int


def coded_batch(
    register: Register, batch: Batch, layout: Layout, measures: frozenset[Measure]
) -> CodedBatch:
    """The batch in the numbers of the register, to which new names are added.

    Raises ``TooManyNamesError``.
    """
    nothing = np.empty(0, np.int32)
    ties = Measure.TIES in measures
    steps = bool(measures & {Measure.HAND_OVERS, Measure.FOLLOWS})
    if ties:
        unit, partner = _units_and_partners(register.units, batch)
    else:
        unit, partner = _coded(register.units, batch, "unit"), nothing
    phase = _coded(register.phases, batch, "phase") if ties else nothing
    for table, column, most in (
        (register.units, layout.unit, MOST_UNITS),
        (register.phases, layout.phase, MOST_PHASES),
    ):
        if len(table) > most:
            raise TooManyNamesError(field=column, value=most)
    return CodedBatch(
        first=batch.first,
        rows=batch.rows,
        at=batch.at,
        case=_cases(register, batch) if steps else nothing,
        unit=unit,
        kind=_coded(register.kinds, batch, "kind"),
        phase=phase,
        partner=partner,
        starts=batch.starts,
        cases=int(register.case_number[0]),
        units=len(register.units),
    )


def _coded(table: NameTable, batch: Batch, role: str) -> Codes:
    column = batch.text(role)
    table.make_room(column)
    return code_rows(column, table)


def _units_and_partners(table: NameTable, batch: Batch) -> tuple[Codes, Codes]:
    column, partners = batch.text("unit"), batch.partners
    unit, partner = np.empty(batch.rows, np.int32), np.empty(len(partners.index), np.int32)
    table.make_room(column, partners)
    kernels.code_units(
        *(unit, partner, batch.starts),
        *(column.index, column.offsets, column.data, column.memo),
        *(partners.index, partners.offsets, partners.data, partners.memo),
        *(table.heads, table.hashes, table.ends, table.data, table.used),
    )
    return unit, partner


def _cases(register: Register, batch: Batch) -> Codes:
    kind = _coded(register.case_kinds, batch, "case_kind")
    column, names, others = batch.text("case"), register.case_names, register.other_cases
    names.make_room(column)
    known = len(register.first_case)
    if known < len(names.ends):
        register.first_case = grown(register.first_case, len(names.ends))
        register.first_case[known:] = -1
    case = np.empty(batch.rows, np.int32)
    met_case, met_kind = np.full((2, len(column.memo)), -1, np.int32)
    done = 0
    while done < batch.rows:
        register.case_ids = grown(register.case_ids, int(register.case_number[0]) + 1)
        others.make_room(1)
        done = kernels.number_cases(
            *(done, case, kind, met_case, met_kind),
            *(column.index, column.offsets, column.data, column.memo),
            *(names.heads, names.hashes, names.ends, names.data, names.used),
            *(register.first_case, register.case_ids, register.case_number),
            *(others.table, others.used),
        )
    return case
