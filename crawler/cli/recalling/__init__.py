"""The parts of `crawler history` and `crawler report`: what the store remembers, judged by the rules of today."""
