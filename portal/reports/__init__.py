"""Yearly reports of the vereniging: how it stood on a day, pinned as it was known at a moment."""
