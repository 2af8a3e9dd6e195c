"""The ledger of acts: append, seal, verify, follow, export."""
