"""Pages of the session, the account, units and people."""
