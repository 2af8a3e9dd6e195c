"""What people type about shipments."""
