# shellcheck shell=bash
# Finds a JDK that is new enough. Sourced by `tandem` and `check`, never run.
#
# It stands in the way of every command, so it reads the JDK's `release` file with what bash has
# built in instead of starting `java -version` (0 ms instead of 50).

JDK_WANTED=25

# Sets jdk_version to the version of the JDK in the directory $1, or to nothing.
read_jdk_version() {
  local line
  jdk_version=''
  [[ -x $1/bin/java ]] || return 0
  if [[ -r $1/release ]]; then
    while IFS= read -r line; do
      [[ $line == JAVA_VERSION=* ]] || continue
      line=${line#JAVA_VERSION=}
      jdk_version=${line//\"/}
      return 0
    done <"$1/release"
  fi
  # Somebody's own build without that file: it has to be asked. "openjdk version "25.0.1" ..."
  line=$("$1/bin/java" -version 2>&1 || true)
  [[ $line == *'version "'* ]] || return 0
  line=${line#*version \"}
  jdk_version=${line%%\"*}
}

# Takes the directory $1 if there is a JDK new enough in it, and notes what was seen there.
# $2 says how it was found.
try_jdk() {
  local major
  read_jdk_version "$1"
  major=${jdk_version%%[!0-9]*}
  if [[ -z $major ]]; then
    jdk_seen+=("$2: $1: no Java there")
  elif ((major < JDK_WANTED)); then
    jdk_seen+=("$2: $1: version $jdk_version, too old")
  elif [[ ! -x $1/bin/javac ]]; then
    jdk_seen+=("$2: $1: version $jdk_version, but only the runtime (no bin/javac)")
  else
    # shellcheck disable=SC2034  # for those who source this
    JDK=$1 JDK_VERSION=$jdk_version JDK_MAJOR=$major
    return 0
  fi
  return 1
}

# Sets JDK (its directory), JDK_VERSION and JDK_MAJOR, or says what is missing and fails.
find_jdk() {
  local java directory best='' best_major=0
  jdk_seen=()
  if [[ -n ${JAVA_HOME:-} ]]; then
    try_jdk "$JAVA_HOME" JAVA_HOME && return 0
  else
    jdk_seen+=("JAVA_HOME: not set")
  fi

  if java=$(type -P java); then
    # /usr/bin/java is a chain of links; its end is <JDK>/bin/java.
    java=$(readlink -f -- "$java")
    try_jdk "${java%/bin/java}" "java on PATH" && return 0
  else
    jdk_seen+=("PATH: no java")
  fi

  # Where Debian keeps its JDKs. Of several the oldest that will do: what this was tested with.
  for directory in "${TANDEM_JVM_DIR:-/usr/lib/jvm}"/*/; do
    directory=${directory%/}
    [[ -d $directory && ! -L $directory && -e $directory/bin/java ]] || continue
    try_jdk "$directory" "${TANDEM_JVM_DIR:-/usr/lib/jvm}" || continue
    if [[ -z $best ]] || ((JDK_MAJOR < best_major)); then best=$JDK best_major=$JDK_MAJOR; fi
  done
  [[ -z $best ]] || { try_jdk "$best" again; return 0; }
  [[ ${jdk_seen[*]} == *"${TANDEM_JVM_DIR:-/usr/lib/jvm}"*": version "* ]] ||
    jdk_seen+=("${TANDEM_JVM_DIR:-/usr/lib/jvm}: no JDK")
  no_jdk
  return 1
}

no_jdk() {
  printf '%s: a JDK %s or newer is needed, and there is none\n' "${what:-tandem}" "$JDK_WANTED"
  printf '  seen:  %s\n' "${jdk_seen[@]}"
  printf '  state: nothing was changed\n'
  printf '  next:  %s/java    # installs it and Maven, as root on Debian or Ubuntu; elsewhere set JAVA_HOME\n' \
    "$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
} >&2

# Maven needs no search, but the same kind of message.
find_maven() {
  type -P mvn >/dev/null && return 0
  {
    printf '%s: Maven is needed to build Tandem, and there is no mvn on the PATH\n' "${what:-tandem}"
    printf '  seen:  PATH=%s\n' "$PATH"
    printf '  state: nothing was changed\n'
    printf '  next:  apt-get install --no-install-recommends maven\n'
  } >&2
  return 1
}
