"""Floor 3: what people decide. One module a noun; use cases are plain functions that check everything again,
take `now` as a parameter, write everything or nothing, and raise."""
