"""What pages are put together from: functions that return finished HTML."""
