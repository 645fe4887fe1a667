"""Tests of `portal/ui/parts`."""
