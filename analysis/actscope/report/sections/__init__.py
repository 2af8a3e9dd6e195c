"""One module for each section of a report; each gives what its family of measures found."""
