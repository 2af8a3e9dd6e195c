"""Checks an inclusion proof with nothing but Python's standard library.

    python check_proof.py proof.json [--block-hash HASH]

The act is hashed in its written form (RFC 8785: its numbers are whole), the hashes beside
the way lead up to the root, and the root with the header to the block's hash. Compare that
hash with one noted or published elsewhere. Exit 0: holds; 1: does not.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def _form(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def check(proof: dict[str, Any], *, block_hash: str = "") -> str:
    """Returns the block hash that the proof leads to. Raises ValueError with the reason
    when a step does not hold."""
    block, act = proof["block"], proof["act"]
    if not block["first"] <= act["position"] <= block["last"]:
        raise ValueError("the position is outside of the block")
    digest = hashlib.sha256(b"\x00" + _form(act)).digest()
    for step in proof["path"]:
        sibling = bytes.fromhex(step["hash"])
        pair = sibling + digest if step["side"] == "left" else digest + sibling
        digest = hashlib.sha256(b"\x01" + pair).digest()
    if digest.hex() != block["root"]:
        raise ValueError("the act does not lead to the root of the block")
    header = hashlib.sha256(_form(block)).hexdigest()
    if header != proof["block_hash"]:
        raise ValueError("the header does not give the hash of the block")
    if block_hash and header != block_hash:
        raise ValueError("the block is another one than the hash you gave")
    return header


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Check an inclusion proof offline.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--block-hash", default="")
    options = parser.parse_args(arguments)
    try:
        proof = json.loads(options.file.read_text(encoding="utf-8"))
        header = check(proof, block_hash=options.block_hash)
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stdout.write(f"does not hold: {error}\n")
        return 1
    sys.stdout.write(f"holds: position {proof['act']['position']} in block {header}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
