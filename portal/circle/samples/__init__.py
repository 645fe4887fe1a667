"""The words of the sample circle, one file a language."""
