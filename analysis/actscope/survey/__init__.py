"""What people said: how well a scale measures, what lies behind it, and whether raters agree."""
