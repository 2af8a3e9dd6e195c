"""Sites, batches, movements in double entry, reservations, counts."""
