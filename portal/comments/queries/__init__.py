"""Every read of discussions and comments."""
