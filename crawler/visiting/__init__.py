"""Floor 1: how a crawl goes on. State machines without input or output; `now` is an argument."""
