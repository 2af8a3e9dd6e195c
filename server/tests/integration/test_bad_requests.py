"""Requests by hand, as bad as they come, to every operation of the API: each is refused in good
order, in the API's own form."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any, Final

import pytest
from contract.rows import Row
from contract.world import FILE, World, make
from django.test import Client

from tongzhou.kernel import clock

from .api_requests import DESCRIBED, WRITING, address_of, undone

Program = Callable[..., Client]
#: Values that were somebody's downfall once. As JSON, because some have no other written form.
NASTY: Final = {
    "a NUL": r'"\u0000"',
    "a NUL within": r'"a\u0000b"',
    "half a character": r'"\ud800"',
    "an integer of 400 digits": "9" * 400,
    "an integer beyond 64 bits": str(2**63),
    "a negative integer beyond 64 bits": str(-(2**63) - 1),
    "an infinite number": "1e999",
    "no number": "NaN",
    "a megabyte": '"' + "a" * 1_000_000 + '"',
    "a deep list": "[" * 3_000 + "]" * 3_000,
    "an empty list": "[]",
    "an object": '{"a": {"b": null}}',
    "true": "true",
    "null": "null",
    "nothing": '""',
    "blanks": '"   \\t "',
    "text from right to left": r'"\u202egnitirw"',
    "many signs of joy": '"' + "💥" * 2_000 + '"',
    "a day that is none": '"2020-13-45T99:99:99Z"',
    "the last moment": '"9999-12-31T23:59:59+14:00"',
    "the first moment": '"0001-01-01T00:00:00-14:00"',
    "a time without zone": '"2027-01-01T00:00:00"',
    "a path": '"../../../etc/passwd"',
    "a statement": '"\'; DROP TABLE ledger_act; --"',
    "a format": '"%(name)s %s {0} {{7*7}}"',
}
RAW: Final = {
    "nothing": b"",
    "null": b"null",
    "a list": b"[]",
    "a text": b'"text"',
    "half an object": b'{"a": ',
    "no UTF-8": b"\xff\xfe\x00",
    "UTF-16": '{"reason": "x"}'.encode("utf-16"),
    "100,000 brackets": b"[" * 100_000,
    "50,000 objects": b'{"a":' * 50_000,
    "a key twice": b'{"reason": "x", "reason": "y"}',
    "compressed": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
}
TYPES: Final = ("text/xml", "multipart/form-data; boundary=x", "nonsense", "")
BAD_KEYS: Final = ("", " ", "a" * 201, "键", "a\tb")
BAD_PLACES: Final = ("%00", "%0A", "%ED%A0%80", "%FF", "a" * 5_000, "..", "-1", "9" * 400, "💥")
BAD_QUERIES: Final = (
    "cursor=", "cursor=%00", "cursor=bm90IGEgY3Vyc29y", "cursor=W10", "cursor=WyIyMDIwIl0",
    "cursor=" + "A" * 5_000, "limit=0", "limit=-1", "limit=1e9", "limit=" + "9" * 400,
    "q=%00", "q=%ED%A0%80", "q=" + "a" * 5_000, "state=%00", "sort=no-such", "no-such=1",
    "day=2020-02-31", "area=%0A", "a[]=1&a[]=2", "&&==&",
)  # fmt: skip


def told(world: World, client: Client, row: Row, address: str, **given: Any) -> str:
    """What is wrong with the answer to a request, "" when nothing is."""
    method = row.asks[0].method.lower()
    with undone():
        response = getattr(client, method)(address, **given)
        content = b"".join(response) if response.streaming else response.content
    if response.status_code >= 500:
        return f"status {response.status_code}: {content[:300]!r}"
    if response.status_code >= 400 and response["Content-Type"] != "application/problem+json":
        return f"{response['Content-Type']} with status {response.status_code}"
    return ""


def bodies(row: Row, world: World) -> Iterator[tuple[str, bytes]]:
    """The right body with each of its fields in turn made nasty."""
    right = {name: json.dumps(value) for name, value in row.asks[0].body(world).items()}
    for field, (name, value) in product(right, NASTY.items()):
        text = ", ".join(f'"{key}": {right[key]}' for key in right if key != field)
        yield f"{field} is {name}", f'{{"{field}": {value}{", " + text if text else ""}}}'.encode()


def listed(wrong: Mapping[str, str]) -> str:
    """All that is wrong, a line each."""
    return "\n" + "\n".join(f"{name}: {what}" for name, what in wrong.items())


@pytest.fixture
def world(db: None) -> World:
    """The small world of the address tests."""
    return make(now=clock.now())


@pytest.fixture
def commander(world: World, api_client: Program) -> Client:
    """A program of the commander."""
    client = api_client(world.cast.shen)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("part", range(3))
def test_nasty_values_are_refused_in_good_order(
    world: World, api_client: Program, part: int
) -> None:
    wrong: dict[str, str] = {}
    for row in [row for row in WRITING if not row.files][part::3]:
        client = api_client(world.cast.posts[row.asks[0].by])
        client.raise_request_exception = False
        for name, body in bodies(row, world):
            kind = {"content_type": "application/json"}
            fault = told(world, client, row, address_of(row, world), data=body, **kind)
            if fault:
                wrong[f"{row.name}: {name}"] = fault

    assert not wrong, listed(wrong)


def test_what_is_no_request_is_refused_in_good_order(world: World, commander: Client) -> None:
    wrong: dict[str, str] = {}
    for row in WRITING:
        place = address_of(row, world)
        tries = {
            name: {"data": body, "content_type": "application/json"} for name, body in RAW.items()
        }
        tries |= {
            f"type {kind!r}": {"data": b'{"reason": "x"}', "content_type": kind} for kind in TYPES
        }
        keyed = {"data": b"{}", "content_type": "application/json"}
        tries |= {
            f"key {key!r}": {**keyed, "headers": {"Idempotency-Key": key}} for key in BAD_KEYS
        }
        for name, sent in tries.items():
            fault = told(world, commander, row, place, **sent)
            if fault:
                wrong[f"{row.name}: {name}"] = fault

    assert not wrong, listed(wrong)


def test_bad_addresses_and_queries_are_refused_in_good_order(
    world: World, commander: Client
) -> None:
    wrong: dict[str, str] = {}
    for row in DESCRIBED:
        place = address_of(row, world)
        parts = [str(value) for value in row.args(world).values()]
        tries = [place + "?" + query for query in BAD_QUERIES]
        tries += [place.replace(part, bad) for part in parts for bad in BAD_PLACES]
        for number, address in enumerate(tries):
            fault = told(world, commander, row, address)
            if fault:
                wrong[f"{row.name} {number} {address[:120]}"] = fault

    assert not wrong, listed(wrong)


def test_bad_files_are_refused_in_good_order(world: World, api_client: Program) -> None:
    files = {
        "nothing": ("counts.csv", b""),
        "no text": ("counts.csv", bytes(range(256)) * 40),
        "a NUL in the name": ("a\x00b.csv", FILE),
        "a long name": ("a" * 3_000 + ".csv", FILE),
        "a name from right to left": ("\u202egpj.exe", b"MZ\x90\x00" + b"\x00" * 200),
        "a page": ("counts.csv", b"<!doctype html><script>alert(1)</script>"),
        "half a picture": ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00"),
        "a program": ("a.sh", b"#!/bin/sh\nrm -rf /\n"),
        "a wide table": ("counts.csv", b"," * 200_000),
        "one endless line": ("counts.csv", b"date,city_code\n" + b"9" * 300_000),
    }
    wrong: dict[str, str] = {}
    for row in [row for row in WRITING if row.files]:
        client = api_client(world.cast.posts[row.asks[0].by])
        client.raise_request_exception = False
        for name, (file_name, content) in files.items():
            file = io.BytesIO(content)
            file.name = file_name
            body = {**row.asks[0].body(world), "file": file}
            fault = told(world, client, row, address_of(row, world), data=body)
            if fault:
                wrong[f"{row.name}: {name}"] = fault

    assert not wrong, listed(wrong)
