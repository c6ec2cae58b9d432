"""Bytes to records, purely: no network, no clock, no storage, no state between two calls."""
