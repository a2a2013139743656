"""Articles by the vereniging."""
