"""Who gets how much of what there is: a fair plan, its proof, and what it becomes."""
