"""The pages of the room. ``tasks.urls`` says which address leads to which."""
