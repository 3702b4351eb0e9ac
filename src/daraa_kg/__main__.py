"""`python -m daraa_kg` is `daraa-kg`."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
