"""``python -m tongzhou.cli`` is the command ``tongzhou``."""

import sys

from tongzhou.cli.main import main

sys.exit(main())
