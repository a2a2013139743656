"""Taking the whole register along: one archive, made every night, and the page that tells of it."""
