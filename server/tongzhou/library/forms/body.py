"""The body of a version as fields of a form, made from the shape of its kind.

A field is named by its path ("levels/0/leader/zh"). Rows of a list are added and taken out
by the form itself, so it works without script.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, get_args, get_origin

from django.http import QueryDict

from tongzhou.library.kinds.base import Body
from tongzhou.library.outline import bare, item_of

PREFIX: Final = "body/"
#: The button that adds a row, and the boxes that take rows out.
ADD: Final = "add"
DROP: Final = "drop"
_MOST_ROWS: Final = 300


def given(
    body: type[Body], data: QueryDict, marks: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The plain body that a form sent, and the marks of its values at their new places.
    Rows that were ticked are left out; the list whose button was pressed has one row more."""
    names = sorted({name[len(PREFIX) :] for name in data if name.startswith(PREFIX)})
    reader = _Reader(data, frozenset(data.getlist(DROP)), data.get(ADD, ""))
    plain = reader.fields(body, "", "", _Names(names))
    kept = {reader.moved[path]: mark for path, mark in marks.items() if path in reader.moved}
    return plain, kept


def adds(data: QueryDict) -> bool:
    """True when the form was sent to add a row, not to publish."""
    return bool(data.get(ADD))


class _Names:
    """The names of the fields that came, for the steps below a path."""

    def __init__(self, names: Iterable[str]) -> None:
        self._below: dict[str, dict[str, None]] = {}
        for name in names:
            steps = name.split("/")
            for n in range(len(steps)):
                above = "/".join(steps[:n])
                self._below.setdefault(above, {})[steps[n]] = None

    def below(self, path: str) -> list[str]:
        return list(self._below.get(path.rstrip("/"), {}))


class _Reader:
    """Reads what came along the shape of the kind, never along the names alone."""

    def __init__(self, data: QueryDict, dropped: frozenset[str], added: str) -> None:
        self._data, self._dropped, self._added = data, dropped, added
        #: Where the value of an old path (with points) stands now.
        self.moved: dict[str, str] = {}

    def fields(self, body: type[Body], path: str, new: str, names: _Names) -> dict[str, Any]:
        found = {}
        for name, info in body.model_fields.items():
            value = self.value(info.annotation, f"{path}{name}", f"{new}{name}", names)
            optional = not info.is_required()
            if value is not None and not (optional and _is_blank(value)):
                found[name] = value
        return found

    def value(self, annotation: Any, path: str, new: str, names: _Names) -> Any:
        self.moved[path.replace("/", ".")] = new.replace("/", ".")
        kind, optional = bare(annotation)
        inner = item_of(kind)
        if inner is not None:
            return self._rows(inner, path, new, names)
        if get_origin(kind) in (dict, Mapping):
            of = get_args(kind)[1]
            return {
                step: self.value(of, f"{path}/{step}", f"{new}/{step}", names)
                for step in names.below(path)
            }
        if isinstance(kind, type) and issubclass(kind, Body):
            found = self.fields(kind, f"{path}/", f"{new}/", names)
            return None if optional and _is_blank(found) else found
        raw = self._data.get(PREFIX + path)
        if kind is bool:
            return raw is not None
        return None if raw is None or (optional and not raw.strip()) else raw

    def _rows(self, inner: Any, path: str, new: str, names: _Names) -> list[Any]:
        places = sorted(int(s) for s in names.below(path) if s.isdecimal() and len(s) < 5)
        kept = [n for n in places if f"{path}/{n}" not in self._dropped][:_MOST_ROWS]
        rows = [self.value(inner, f"{path}/{n}", f"{new}/{m}", names) for m, n in enumerate(kept)]
        if self._added == path:
            shape = bare(inner)[0]
            rows.append({} if isinstance(shape, type) and issubclass(shape, Body) else "")
        return rows


def _is_blank(value: Any) -> bool:
    """True where somebody left everything empty. A box without a tick is empty."""
    match value:
        case Mapping():
            return all(_is_blank(item) for item in value.values())
        case list():
            return not value
        case str():
            return not value.strip()
    return value is None or value is False
