# shellcheck shell=bash
# Has Maven load only the libraries that are in setup/checksums.txt. Sourced by `tandem` and
# `check`, after setup/jdk.sh has found a JDK and Maven; never run.

# Sets MAVEN_TRUSTS to the options with which Maven compares each jar before it is loaded. What
# compares is compiled here, from source, with nothing but Maven's own libraries, which come from the
# system: what is to be checked cannot be part of it. For Java 11: what looks for parts of Maven does not
# read newer classes. $1: the project's directory.
trust_only_known_libraries() {
  local home=$1 maven classes=$1/target/checksums
  maven=$(readlink -f -- "$(type -P mvn)")
  maven=${maven%/bin/mvn}
  [[ -d $maven/lib ]] || maven=$(JAVA_HOME=$JDK mvn --version | sed 's/\x1b\[[0-9;]*m//g' | sed -n 's/^Maven home: //p')
  rm -rf "$classes"
  mkdir -p "$classes/META-INF/sisu"
  "$JDK/bin/javac" -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -proc:none -nowarn --release 11 -d "$classes" \
    -cp "$maven/lib/*" "$home/setup/Checksums.java" || return 1
  printf 'Checksums\n' >"$classes/META-INF/sisu/javax.inject.Named"
  # shellcheck disable=SC2034  # for those who source this
  MAVEN_TRUSTS=("-Dmaven.ext.class.path=$classes" "-Dtandem.checksums=$home/setup/checksums.txt")
  [[ ${TANDEM_CHECKSUMS:-} != write ]] || MAVEN_TRUSTS+=(-Dtandem.checksums.write=true)
}
