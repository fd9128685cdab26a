"""Floor 1: what an answer holds. Bytes in, facts out."""
