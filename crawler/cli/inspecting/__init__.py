"""The parts of `crawler inspect`: what goes over the wire, what the rules make of it, and how both are shown."""
