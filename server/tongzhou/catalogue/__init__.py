"""What can be needed, held and sent: items, their names and packs, what can stand for what, teams."""
