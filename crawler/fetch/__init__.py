"""Floor 2: the network. Everything imported from httpx or pycurl stands in this room."""
