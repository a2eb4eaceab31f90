"""Simulated customers: a separate process that speaks the public widget protocol only."""
