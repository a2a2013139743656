"""Signatures: application, mandate, confirmation, admission, withdrawal."""
