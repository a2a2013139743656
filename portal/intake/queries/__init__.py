"""Every read of what is brought in, and of what stands here already."""
