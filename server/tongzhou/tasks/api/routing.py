"""The router that all addresses of the room hang on: one, because an address answers to the
methods of one router only."""

from ninja import Router

router = Router(tags=["tasks"])
