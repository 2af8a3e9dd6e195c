"""The pages of the room. ``incidents.urls`` says which address leads to which."""
