"""Floor 1: judging. Facts and settings in, verdicts and findings out; every rule is a row of `catalogue`."""
