"""What pages of plans send."""
