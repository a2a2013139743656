"""Pictures of the demo, drawn in code: logos of organisations and scenes above articles."""
