# shellcheck shell=bash
# What a run of the tests has left, counted. Sourced by `check`; never run. It reads what lies in
# $here/target, and a log of Maven's. CountsTest feeds it with samples.

# A line for each test class of the last run, from Surefire's reports: seconds, tests, its name.
times() {
  find "$here/target/surefire-reports" -name 'TEST-*.xml' -exec cat {} + 2>/dev/null |
    awk 'function attribute(name) {
        return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
      }
      /<testsuite / {
        class = attribute("name"); sub(/.*\./, "", class)
        seconds[class] += attribute("time"); tests[class] += attribute("tests"); all += attribute("time")
      }
      END {
        for (class in seconds) printf "%8.1f s %5d  %s\n", seconds[class], tests[class], class | "sort -rn"
        close("sort -rn")
        if (all) printf "%8.1f s        in all, of which some ran side by side\n", all
      }'
}

# A line for each part of the last run: the seconds on the clock from the beginning of its first class to the
# end of its last one. Each part has a directory of its own for its reports, but the tests without containers.
parts() {
  find "$here/target/surefire-reports" -name 'TEST-*.xml' -printf '%T@\t%P\t%p\n' 2>/dev/null |
    awk -F'\t' '{
        part = match($2, "/") ? substr($2, 1, RSTART - 1) : "no containers"
        took = 0
        while ((getline line < $3) > 0)
          if (line ~ /<testsuite / && match(line, / time="[^"]*"/)) { took = substr(line, RSTART + 7, RLENGTH - 8); break }
        close($3)
        if (!(part in from) || $1 - took < from[part]) from[part] = $1 - took
        if ($1 > to[part]) to[part] = $1
      }
      END { for (part in from) printf "%14.1f\t%8.1f s        on the clock: %s\n", from[part], to[part] - from[part], part }' |
    sort -n | cut -f 2
}

# How many of a hundred drills may be inconclusive.
MOST_INCONCLUSIVE=33

# How many tests may pass at their second attempt only.
MOST_FLAKES=3

# The drills that the tests counted (Tally.java): `inconclusive FailoverTest web-kill-1`. Fails when
# too many showed nothing.
inconclusive() {
  { cat "$here"/target/drills/* 2>/dev/null || true; } |
    awk -v most="$MOST_INCONCLUSIVE" '
      $1 == "inconclusive" { none++; names = names (names ? ", " : ": ") $2 " " $3 }
      END {
        printf "Inconclusive: %d of %d drills%s\n", none, NR, names
        exit none * 100 > most * NR
      }'
}

# The sum of Surefire's totals, one for the tests without containers and one for each part with them.
totals() {
  sed -n 's/^\[[A-Z]*\] *\(Tests run: [0-9]*, Failures: [0-9]*, Errors: [0-9]*, Skipped: [0-9]*\)\(, Flakes: [0-9]*\)\{0,1\}$/\1/p' "$1" |
    awk -F'[:,] *' '{ run += $2; failures += $4; errors += $6; skipped += $8 }
      END { if (NR) printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", run, failures, errors, skipped }'
}

# Is the total $1 one without failures and errors?
all_passed() { [[ $1 == *', Failures: 0, Errors: 0,'* ]]; }

# The tests that passed at their second attempt only: how many, and which. Surefire lists them as
#   [WARNING] Flakes:
#   [WARNING] dev.tandem.scenario.DoctorTest.aTest
#   [ERROR]   Run 1: ...
#   [INFO]   Run 2: PASS
# Fails when there are too many.
flakes() {
  awk -v most="$MOST_FLAKES" '
    /^\[WARNING\] Flakes: *$/ { listed = 1; next }
    listed && /^\[WARNING\] dev\.tandem\./ {
      name = $2; sub(/^dev\.tandem\.([a-z.]*\.)?/, "", name)
      names = names (n++ ? ", " : ": ") name
      next
    }
    listed && /^(\[ERROR\]|\[WARNING\]|\[INFO\]) *Tests run:/ { listed = 0 }
    END { printf "Flakes: %d%s\n", n, names; exit n > most }' "$1"
}
