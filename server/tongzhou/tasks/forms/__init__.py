"""The forms of the room: what is typed, and what it means."""
