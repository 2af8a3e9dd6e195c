"""The tree of RFC 6962, against the roots that Certificate Transparency publishes for its
reference leaves (certificate-transparency, merkle_tree_test: inputs "", 00, 10, 2021, …)."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongzhou.ledger import merkle

_INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
_LEAVES = [hashlib.sha256(b"\x00" + bytes.fromhex(text)).digest() for text in _INPUTS]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert merkle.root(_LEAVES[:size]).hex() == _ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert merkle.root([]) == hashlib.sha256(b"").digest()


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40), st.data())
def test_every_audit_path_leads_to_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))

    digest = leaves[index]
    for side, sibling in merkle.path(leaves, index):
        digest = merkle.node(sibling, digest) if side == "left" else merkle.node(digest, sibling)

    assert digest == merkle.root(leaves)


def test_there_is_no_path_to_a_leaf_outside() -> None:
    with pytest.raises(IndexError):
        merkle.path(_LEAVES, 8)
