"""Keeping the state of a pass in a file."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from actscope.errors import InputError
from actscope.process.onepass.cells import COUNT, KEY, NUMBER, Cells, cells_of
from actscope.process.onepass.layout import Layout, Measure
from actscope.process.onepass.names import NameTable, name_table
from actscope.process.onepass.register import Register
from actscope.process.onepass.state import LogState


class StateUnreadableError(InputError):
    """A file that holds no state, or one of another version."""

    code = "state_unreadable"
    en = "“{value}” does not hold the state of a pass that this version can continue."
    zh = "“{value}”中没有本版本可以继续的扫描状态。"


class StateUnwritableError(InputError):
    """A place where no state can be kept."""

    code = "state_unwritable"
    en = "The state cannot be kept in “{value}”: {why}."
    zh = "无法将状态保存到“{value}”：{why}。"


VERSION = 1

_NAMES = ("case_kinds", "case_names", "units", "kinds", "phases")
_CELLS = ("hand_overs", "follows", "ties", "other_cases")


def as_arrays(state: LogState) -> dict[str, npt.NDArray[Any]]:
    """All of the state as plain arrays. Two equal states give equal arrays."""
    about = {
        "version": VERSION,
        "layout": state.layout.to_dict(),
        "measures": sorted(measure.value for measure in state.measures),
    }
    arrays: dict[str, npt.NDArray[Any]] = {
        "about": np.frombuffer(json.dumps(about).encode(), np.uint8)
    }
    for name in _NAMES:
        table: NameTable = getattr(state.register, name)
        arrays[f"{name}.ends"] = table.ends[: len(table)]
        arrays[f"{name}.data"] = table.data[: int(table.used[1])]
    for name in _CELLS:
        arrays[name] = _cells(state, name).rows()
    number = int(state.register.case_number[0])
    arrays["case_ids"] = state.register.case_ids[:number]
    arrays["cases"] = state.cases[:number]
    arrays["hand_over_waits"] = state.hand_over_waits
    arrays["follows_waits"] = state.follows_waits[: len(state.follows)]
    arrays["counters"] = state.counters
    return arrays


def save(state: LogState, path: str | Path) -> None:
    """Write the state to ``path`` (``.npz``), as a whole or not at all.

    Raises ``StateUnwritableError``.
    """
    whole = Path(path)
    part = whole.with_name(whole.name + ".part")
    try:
        with part.open("wb") as file:
            np.savez(file, **as_arrays(state))  # type: ignore[arg-type] # one stub too narrow
        part.replace(whole)
    except OSError as error:
        raise StateUnwritableError(value=str(path), why=error.strerror or str(error)) from error


def load(path: str | Path) -> LogState:
    """The state in a file. Raises ``StateUnreadableError``."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return _state({name: file[name] for name in file.files})
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise StateUnreadableError(value=Path(path).name) from error


def _state(arrays: dict[str, npt.NDArray[Any]]) -> LogState:
    about = json.loads(arrays["about"].tobytes())
    if about["version"] != VERSION:
        raise ValueError(about["version"])
    fresh = LogState(Layout(**about["layout"]), frozenset(map(Measure, about["measures"])))
    parts: dict[str, Any] = {
        name: cells_of(_like(arrays, name, _cells(fresh, name).rows())) for name in _CELLS
    }
    for name in ("hand_over_waits", "counters"):
        parts[name] = _like(arrays, name, getattr(fresh, name))
    for name in ("cases", "follows_waits"):
        found = _like(arrays, name, getattr(fresh, name))
        # An array of no rows could not grow by a multiple.
        parts[name] = found if len(found) else getattr(fresh, name)
    names = {name: _names(arrays, name) for name in _NAMES}
    register = _register(arrays, names, parts.pop("other_cases"))
    _require(len(arrays["cases"]) == len(arrays["case_ids"]))
    _require(len(arrays["follows_waits"]) == len(arrays["follows"]))
    return replace(fresh, register=register, **parts)


def _register(
    arrays: dict[str, npt.NDArray[Any]], names: dict[str, NameTable], others: Cells
) -> Register:
    ids = _like(arrays, "case_ids", Register().case_ids)
    number = len(ids)
    _require(bool(np.all((ids >= [0, -1]) & (ids < [len(names["case_names"]), 2**31 - 1]))))
    _require(bool(np.all(others.rows()[:, COUNT] < number)))
    first = np.full(len(names["case_names"].ends), -1, np.int32)
    first[ids[::-1, 0]] = np.arange(number, dtype=np.int32)[::-1]  # the first is written last
    return Register(
        **names,
        case_ids=ids.copy(),
        case_number=np.array([number], np.int64),
        first_case=first,
        other_cases=others,
    )


def _cells(state: LogState, name: str) -> Cells:
    found: Cells = getattr(state if name in LogState.__slots__ else state.register, name)
    return found


def _like(
    arrays: dict[str, npt.NDArray[Any]], name: str, like: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """The array, of the type and width that it must have: compiled code trusts it."""
    found = arrays[name]
    _require(found.dtype == like.dtype and found.shape[1:] == like.shape[1:])
    _require(found.ndim > 1 or found.shape == like.shape)
    if name in _CELLS:
        _require(np.array_equal(found[:, NUMBER], np.arange(len(found))))
        _require(len(np.unique(found[:, KEY])) == len(found) and bool(np.all(found[:, KEY] >= 0)))
    return found


def _names(arrays: dict[str, npt.NDArray[Any]], name: str) -> NameTable:
    offsets = np.concatenate([[0], arrays[f"{name}.ends"]]).astype(np.int64)
    buffers = (pa.py_buffer(offsets), pa.py_buffer(arrays[f"{name}.data"].tobytes()))
    texts = pa.LargeStringArray.from_buffers(len(offsets) - 1, *buffers)
    texts.validate(full=True)
    table = name_table(texts)
    _require(len(table) == len(texts))
    return table


def _require(holds: bool) -> None:
    """What ``load`` turns into its refusal."""
    if not holds:
        raise ValueError
