# shellcheck shell=bash
# What setup/engine and setup/base-image share: plain messages, and apt on Debian and Ubuntu.
# Sourced, never run. The sourcing script sets `what` (who speaks in messages).
#
# No host name stands in these files: packages come from wherever the administrator of this
# machine gets packages, through the same proxy, checked against the same keys.

SETUP_LOG=${TANDEM_SETUP_LOG:-/var/log/tandem-setup.log}
DEBIAN_KEYS=/usr/share/keyrings/debian-archive-keyring.gpg
export DEBIAN_FRONTEND=noninteractive

say() { printf '%s: %s\n' "${what:-setup}" "$*" >&2; }

# An error says four things: what stopped, what was seen, the state now, the next command.
fail() {
  printf '%s: %s\n' "${what:-setup}" "$1" >&2
  printf '  seen:  %s\n' "${2:-no details}" >&2
  printf '  state: %s\n' "${3:-nothing was changed}" >&2
  printf '  next:  %s\n' "${4:-read $SETUP_LOG}" >&2
  exit 5
}

# Runs a command with its output in the log only: an administrator wants one line per step, and
# the whole story when a step fails.
logged() {
  # Not for everybody's eyes: a proxy's address may hold a password.
  [[ -e $SETUP_LOG ]] || (umask 077 && : >"$SETUP_LOG")
  printf '\n--- %s\n' "$*" >>"$SETUP_LOG"
  "$@" >>"$SETUP_LOG" 2>&1
}

# The last lines that the failed step wrote, on one line each, indented below "seen:".
log_tail() { printf 'the last lines of %s:\n' "$SETUP_LOG"; tail -n 8 "$SETUP_LOG" | sed 's/^/         | /'; }

# `debian`, `ubuntu`, or what else /etc/os-release says. Derivatives count as what they are like.
os_family() {
  local ID='' ID_LIKE='' word
  # shellcheck source=/dev/null
  [[ -r /etc/os-release ]] && . /etc/os-release
  for word in $ID $ID_LIKE; do
    case $word in debian | ubuntu) printf '%s' "$word"; return ;; esac
  done
  printf '%s' "${ID:-unknown}"
}

# The version that apt would install, or nothing.
candidate() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: //p' | grep -v '(none)' || true; }

apt_update() { logged apt-get -o DPkg::Lock::Timeout=120 update; }

apt_install_once() {
  logged apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"
}

# Installs packages. The lists are fetched only when a package is unknown or its file is gone from
# the mirror: a machine that is up to date needs no second look.
apt_install() {
  local package
  for package in "$@"; do
    [[ -n $(candidate "$package") ]] || { apt_update; break; }
  done
  apt_install_once "$@" || { apt_update && apt_install_once "$@"; }
}

# The addresses from which this machine's apt fetches, for archives with the label $1
# ("Debian", "Debian-Security"). apt answers for lists it holds: none yet means update first.
apt_mirrors() {
  # shellcheck disable=SC2016  # $(REPO_URI) is apt's own field name, not the shell's
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Label: $1" |
    grep -v '^cdrom:' | sed 's:/*$::' | awk '!seen[$0]++'
}

# What this machine tells apt about proxies and about old mirrors, as lines of an apt.conf. Others
# that fetch from the same mirrors need the same; it is for the moment, and stays nowhere.
apt_options() {
  apt-config dump |
    grep -E '^Acquire::(https?::proxy|https?::proxy::[^ ]+|Check-Valid-Until|Check-Date) "[^"]+"' -i || true
}

# Where only root can make names: in /run/lock and /tmp anybody can, and a link of somebody's would
# lead what root writes to a file of the system's.
LOCKS=${TANDEM_LOCKS:-/run/tandem-setup}

# Waits for its turn at the work $1, and holds it until this script ends. $2: the state, should it
# wait in vain. Not root: in the user's own directory for such things.
take_lock() {
  local locks=$LOCKS
  ((EUID == 0)) || locks=${XDG_RUNTIME_DIR:-${HOME:?}/.cache}/tandem-setup
  (umask 077 && mkdir -p "$locks")
  [[ -d $locks && ! -L $locks && -O $locks ]] || fail "$what cannot keep others out" \
    "$locks is not a directory of $(id -un)'s: $(ls -ld -- "$locks" 2>&1)" "$2" "rm -r $locks"
  exec 9>"$locks/$1"
  flock -w 600 9 || fail "another setup/$1 has been at work for ten minutes" \
    "$locks/$1 is held" "$2" "fuser -v $locks/$1"
}

# The keys of Debian 13. An older debian-archive-keyring does not have them: the newer package
# comes from this machine's own, already trusted, release.
trust_trixie() {
  [[ -r /usr/share/keyrings/debian-archive-trixie-automatic.gpg ]] ||
    [[ -r /usr/share/keyrings/debian-archive-trixie-automatic.pgp ]] ||
    { apt_update; apt_install_once debian-archive-keyring; }
  [[ -r $DEBIAN_KEYS ]] || DEBIAN_KEYS=${DEBIAN_KEYS%.gpg}.pgp
  [[ -r $DEBIAN_KEYS ]]
}

# Fetches packages of Debian 13 from the mirror $2 and unpacks them in $1/tree, with a package list of
# its own: nothing is installed, and nothing of Debian 13 becomes visible to this machine's apt.
fetch_from_trixie() {
  local work=$1 mirror=$2 deb
  shift 2
  mkdir -p "$work"/{lists/partial,archives/partial,tree,debs}
  : >"$work/status"
  printf 'deb [signed-by=%s] %s trixie main\n' "$DEBIAN_KEYS" "$mirror" >"$work/sources.list"
  # apt fetches as its own user, who must be able to write here.
  chmod 0755 "$work"
  chown -R _apt "$work" 2>/dev/null || true
  local options=(-o "Dir::State::Lists=$work/lists" -o "Dir::State::status=$work/status"
    -o "Dir::Cache::Archives=$work/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
    -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
    -o Acquire::Languages=none -o APT::Get::AllowUnauthenticated=false)
  # Not every step may be left to `set -e`: it is off in a function whose result is tested.
  logged apt-get "${options[@]}" -o APT::Update::Error-Mode=any update || return 1
  (cd "$work/debs" && logged apt-get "${options[@]}" download "$@") || return 1
  for deb in "$work"/debs/*.deb; do logged dpkg -x "$deb" "$work/tree" || return 1; done
}
