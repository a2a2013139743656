"""Every read of discussions and comments that is no part of a write."""
