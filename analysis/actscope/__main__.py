"""``python -m actscope``."""

import sys

from actscope.cli.main import main

sys.exit(main())
