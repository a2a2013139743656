"""What waits for the vereniging, and the decisions."""
