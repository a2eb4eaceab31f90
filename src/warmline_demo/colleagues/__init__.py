"""Simulated colleagues: a separate process that signs in and works at the desk by its public protocol only."""
