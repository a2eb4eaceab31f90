"""How many will call, when, and for how long: learned from what was, with honest bounds."""
