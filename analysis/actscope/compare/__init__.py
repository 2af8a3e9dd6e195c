"""Places and cases side by side: indicators, weights and ranks; and which conditions go together
with an outcome."""
