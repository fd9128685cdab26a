"""Floor 1: what HTTP and URLs mean. Pure functions of bytes, text and `now`."""
