"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with the minimum that OWASP asks for (19 MiB, 2 passes, 1 lane): about 30 ms.
    Django's default takes ten times as long, and a sign-in desk of a province cannot."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
