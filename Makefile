.PHONY: up test check dev bench fix setup
