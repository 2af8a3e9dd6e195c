"""Interests: what is at stake for whom, who bears how much, where tension lies, who needs whom."""
