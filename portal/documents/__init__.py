"""Stored files: documents, their versions, inspection and first-page pictures."""
