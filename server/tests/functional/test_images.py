"""The pictures of the README, made anew from a played demonstration. Collected only with
``--keep-images``: it takes minutes and changes files of the repository."""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from integration.conftest import Node
from playwright.sync_api import Browser

from tongzhou.demo import scenario

from .visitor import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.node]
REPOSITORY: Final = Path(__file__).resolve().parents[3]
IMAGES: Final = REPOSITORY / "docs" / "images"
LARGEST: Final = 300_000  # bytes
INCIDENT: Final = scenario.NAME


class Picture(NamedTuple):
    """A picture: who looks, in which language, at what, in which size (px)."""

    name: str
    who: str
    language: str
    path: str
    width: int
    height: int


PICTURES: Final = (
    Picture("today-commander-en", "shen", "en", "/today", 1280, 860),
    Picture("incident-overview-zh", "shen", "zh-hans", "/incidents/wz-care-home", 1280, 1000),
    Picture("plan-en", "he", "en", "/incidents/wz-care-home/plans", 1280, 860),
    Picture("matrix-en", "shen", "en", "/duties?phase=respond", 1280, 1000),
    Picture("clocks-zh", "shen", "zh-hans", "/clocks", 1280, 860),
    Picture("task-phone-zh", "mei", "zh-hans", "", 390, 844),
    Picture("insight-en", "shen", "en", f"/incidents/{INCIDENT}/insight", 1280, 1000),
    Picture("public-en", "", "en", "/", 1280, 860),
)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A node on which the whole demonstration was played, on real figures where they are."""
    node = Node(tmp_path_factory.mktemp("played"))
    data = Path(os.environ.get("TONGZHOU_DATA") or REPOSITORY.parent / "shared" / "data")
    given = ["--data", str(data)] if data.is_dir() else []
    player = node.begin("demo", "--no-serve", *given)
    try:
        assert player.wait(1_200) == 0, node.output()
        node.serve()
        yield Site(node=node, address=f"http://127.0.0.1:{node.port}", story={})
    finally:
        player.kill()
        node.clean_up()


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_the_picture_is_made(played: Site, chromium: Browser, picture: Picture) -> None:
    context = chromium.new_context(
        base_url=played.address,
        locale="en-GB" if picture.language == "en" else "zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": picture.width, "height": picture.height},
        reduced_motion="reduce",
    )
    context.set_default_timeout(60_000)
    reader = Visitor(context, site=played, language=picture.language)
    if picture.who:
        reader.sign_in(picture.who)

    answer = reader.page.goto(picture.path or "/today")
    assert answer is not None
    assert answer.ok
    reader.settle()
    page = reader.page
    if not picture.path:
        page.locator(".tk-item a.tz-title").first.click()
        reader.settle()
    if picture.path.endswith("/insight"):
        page.locator(".chart[data-drawn]").first.wait_for()
    kept = smaller(page.screenshot())
    context.close()

    IMAGES.mkdir(parents=True, exist_ok=True)
    (IMAGES / f"{picture.name}.png").write_bytes(kept)
    assert len(kept) < LARGEST
    assert struct.unpack(">II", kept[16:24]) == (picture.width, picture.height)


def smaller(picture: bytes) -> bytes:
    """The same PNG, packed as well as zlib can."""
    signature, rest, parts = picture[:8], picture[8:], []
    packed = b""
    while rest:
        (length,) = struct.unpack(">I", rest[:4])
        kind, body = rest[4:8], rest[8 : 8 + length]
        rest = rest[12 + length :]
        if kind == b"IDAT":
            packed += body
        else:
            parts.append((kind, body))
    parts.insert(-1, (b"IDAT", zlib.compress(zlib.decompress(packed), 9)))
    return signature + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
