"""Journeys in real Chromium, through the pages of a served node."""
