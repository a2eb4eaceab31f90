"""Who may do what: sessions, roles, limits, masking, and the audit log."""
