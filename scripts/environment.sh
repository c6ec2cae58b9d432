# shellcheck shell=bash
# Makes .venv in the project's root with the locked dependencies. Sourced by the scripts beside it.
#
#   environment run    what the program needs
#   environment dev    that, and what its tests need
#
# Sets ROOT and VENV, and leaves the working directory as it is. Works on a bare Debian with Python 3.11 or newer, as root or not; does nothing when
# the locks have not changed since the last time.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"

fail() {
    echo "backfile: $*" >&2
    exit 1
}

# Prints the Python to use: the first of 3.11 or newer.
find_python() {
    local python
    for python in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
        if [ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    fail "Python 3.11 or newer is needed; install it (Debian: apt-get install python3) or set PYTHON"
}

# Debian ships venv apart from Python; installs it where we may, else says how.
ensure_venv_module() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    command -v apt-get >/dev/null || fail "$1 has no venv module; install it"
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || fail "$1 has no venv module; run: sudo apt-get install python3-venv"
        as_root=(sudo -n)
    fi
    echo "backfile: installing Debian's python3-venv" >&2
    "${as_root[@]}" apt-get update -qq >&2 && "${as_root[@]}" apt-get install -qq -y python3-venv >&2 ||
        fail "could not install python3-venv; run: apt-get install python3-venv"
}

# The browser that looks at the reading room's pages. Without it, or the right to install it, the
# tests that need it are skipped, and say so.
ensure_chromium() {
    local name
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null && return
    done
    command -v apt-get >/dev/null || return 0
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || return 0
        as_root=(sudo -n)
    fi
    echo "backfile: installing Debian's chromium, which the tests of the reading room look with" >&2
    { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -qq -y chromium; } >&2 ||
        echo "backfile: could not install chromium; the tests that need it will be skipped" >&2
}

# Names what an environment should hold: the locks, the project, and where it is.
wanted() { echo "$1 $(cat "$ROOT"/scripts/locks/*.txt "$ROOT/pyproject.toml" | sha256sum) $ROOT"; }

environment() {
    local lock="$ROOT/scripts/locks/$1.txt" stamp="$VENV/backfile-environment" held python
    held=$(cat "$stamp" 2>/dev/null || true)
    # What the tests need includes what the program needs.
    if [ "$held" = "$(wanted "$1")" ] || [ "$held" = "$(wanted dev)" ]; then
        return
    fi
    python=$(find_python)
    ensure_venv_module "$python"
    echo "backfile: installing the locked dependencies into .venv (a minute or two, the first time)" >&2
    [ -x "$VENV/bin/python" ] || "$python" -m venv "$VENV" || fail "could not make $VENV"
    local pip=("$VENV/bin/python" -m pip --disable-pip-version-check -qq)
    "${pip[@]}" install --require-hashes --requirement "$lock" >&2 ||
        fail "could not install $lock; is the package index reachable?"
    "${pip[@]}" install --no-deps --no-build-isolation --editable "$ROOT" >&2 ||
        fail "could not install the project itself"
    wanted "$1" >"$stamp"
}
