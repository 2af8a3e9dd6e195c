"""Needs, offers and hospitals in the JSON API."""

from ninja import Router

router = Router()
