"""The public pages that show several domains."""
