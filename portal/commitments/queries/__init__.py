"""Every read of commitments."""
