"""What the portal keeps of one person: a copy for that person, and the erasure of it."""
