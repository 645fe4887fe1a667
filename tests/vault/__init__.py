"""Tests of portal/vault."""
