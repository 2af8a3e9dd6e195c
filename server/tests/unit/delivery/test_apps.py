"""What every process knows of this room once Django is set up."""

import subprocess
import sys


def test_the_follower_of_notices_is_known_without_any_page() -> None:
    program = (
        "import django; django.setup(); from tongzhou.ledger.follow import followers; "
        "print('notices' in followers())"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.stdout.strip() == "True", done.stderr
