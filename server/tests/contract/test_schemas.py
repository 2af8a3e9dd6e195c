"""What the API takes and gives: the description of the API knows shapes by name alone."""

import json
from collections import defaultdict
from collections.abc import Iterator

from pydantic import BaseModel

from tongzhou.config.api import api
from tongzhou.kernel.api import contract


def below(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for special in kind.__subclasses__():
        yield special
        yield from below(special)


def test_two_shapes_of_one_name_are_the_same_shape() -> None:
    assert isinstance(api, contract.Api)
    shapes = defaultdict(set)
    for kind in below(BaseModel):
        where = kind.__module__
        if where.startswith("tongzhou.") and (".schemas" in where or ".api" in where):
            shapes[kind.__name__].add(json.dumps(kind.model_json_schema(), sort_keys=True))

    assert len(shapes) > 200
    assert {name for name, found in shapes.items() if len(found) > 1} == set()
