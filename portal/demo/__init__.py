"""Demo data: a play of fictional organisations around the two parties that the sources name."""
