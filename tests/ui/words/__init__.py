"""Tests of `portal/ui/words`."""
