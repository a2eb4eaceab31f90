"""Database migrations; `warmline.runtime.migrate` runs them."""
