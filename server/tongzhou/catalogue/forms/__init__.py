"""Forms of the catalogue, and the field in which an item is looked up."""
