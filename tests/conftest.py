"""What holds for all tests."""

import os

from hypothesis import settings

# Laws are about values: on a busy machine a slow example is no failure.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

# No web archive hears of a test's dead links, unless the test names one of its own.
os.environ["BACKFILE_TIMEGATE"] = ""
