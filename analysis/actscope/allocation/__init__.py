"""Who gets what: fair mutual aid between places, and shifts of people."""
