"""What changed, and the feeds."""
