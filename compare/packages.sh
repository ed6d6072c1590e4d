# Sourced by scripts that need programs beside Maven's artifacts. Fetches what is missing from the distribution's packages (Debian,
# Ubuntu) when --install asks for it, and unpacks it into a folder of its own: nothing is installed, no service is started, no
# rights are needed.

# The folder the packages are unpacked in is put before the PATH.
use_packages() { # DIR
  packages=$1
  PATH=$packages/usr/sbin:$packages/usr/bin:$PATH:/usr/sbin
  LD_LIBRARY_PATH=$packages/usr/lib/$(uname -m)-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  export PATH LD_LIBRARY_PATH
}

# Ends the script when there is no such command and it may not or cannot be fetched.
need() { # yes|no COMMAND PACKAGE...
  may=$1
  wanted=$2
  shift 2
  command -v "$wanted" >/dev/null 2>&1 && return
  if [ "$may" = no ] || [ $# -eq 0 ]; then
    printf 'no %s on the PATH; install it%s\n' "$wanted" "$([ $# -eq 0 ] || echo ', or let --install fetch it')" >&2
    exit 69
  fi
  if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg >/dev/null 2>&1; then
    printf 'no %s on the PATH, and --install needs apt-get and dpkg\n' "$wanted" >&2
    exit 69
  fi
  for package in "$@"; do
    printf 'fetching %s\n' "$package" >&2
    mkdir -p "$packages/.fetched"
    (cd "$packages/.fetched" && apt-get download -qq "$package" 2>/dev/null) || {
      printf 'cannot fetch %s; is `apt-get update` due?\n' "$package" >&2
      exit 69
    }
    for archive in "$packages/.fetched/$package"_*.deb; do
      dpkg -x "$archive" "$packages"
    done
  done
}
