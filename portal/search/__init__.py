"""Search: the words of all that is public, in one index, and the page that answers from it."""
