"""What kinds of templates there are: one module each, holding shapes of data only.

Whoever uses a kind writes its module; ``base.bodies`` finds them all.
"""
