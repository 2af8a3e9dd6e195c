"""What can be needed, held and sent: items with their names and packs, what can stand for
what, and people and teams as resources."""
