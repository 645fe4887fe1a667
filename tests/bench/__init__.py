"""How fast the product is, as ratios of two things measured in the same run: `python -m tests.bench`."""
