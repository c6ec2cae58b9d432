"""What holds for all tests."""

from hypothesis import settings

# Laws are about values: on a busy machine a slow example is no failure.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")
