"""Public vectors, the frozen rows of this format, and the program that made them."""
