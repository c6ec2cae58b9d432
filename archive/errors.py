"""Every error that callers may catch.

```
BackfileError               root: one clear line for the person at the terminal
├── UsageError              the command or its arguments are wrong             (exit code 2)
├── ArchiveError            the archive folder or its database
│   ├── ArchiveMissing      there is no archive at the folder                  (exit code 2)
│   ├── ArchiveOutdated     its schema is older than this program              (exit code 1)
│   ├── ArchiveTooNew       its schema is newer than this program              (exit code 1)
│   └── ArchiveLocked       another process holds it                           (exit code 3)
├── NotFound                no record answers to the given id or URL           (exit code 1)
└── FetchError              a page that a command needs could not be had       (exit code 1)
```
"""


class BackfileError(Exception):
    """Root of the tree; `str()` is one line: what was wrong, with which input, what to do."""

    exit_code = 1


class UsageError(BackfileError):
    """The command or its arguments are wrong."""

    exit_code = 2


class ArchiveError(BackfileError):
    """The archive folder or its database could not be used."""


class ArchiveMissing(ArchiveError):
    """There is no archive at the folder."""

    exit_code = 2


class ArchiveOutdated(ArchiveError):
    """The archive's schema is older than this program."""


class ArchiveTooNew(ArchiveError):
    """The archive's schema is newer than this program."""


class ArchiveLocked(ArchiveError):
    """Another process holds the archive."""

    exit_code = 3


class NotFound(BackfileError):
    """No record answers to the given id or URL."""


class FetchError(BackfileError):
    """A page that a command needs could not be had."""
