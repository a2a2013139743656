"""What a user or an operator would notice, on both databases."""
