"""What lies where: stores, batches, movements in double entry, reservations, counts."""
