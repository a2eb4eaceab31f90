"""The demo shop's order system: a separate service with a database of its own."""

# Known to everybody: the demo listens on loopback only and its data is invented.
DEMO_API_KEY = "onda-demo-shop"
