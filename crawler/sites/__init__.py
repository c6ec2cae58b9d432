"""Declarations for the publishers that need one: sorted, dated data, each with its fixture."""
