# shellcheck shell=bash
# For setup/engine, which sources it: containers go on when the engine ends (live-restore).
#
# Without it, an engine that is killed stops the containers when it is back, and starts none of them
# again. The setting is taken over by SIGHUP: no container and no engine is restarted for it.

# In daemon.json beside it, so that whoever looks there finds it.
DAEMON_JSON=/etc/docker/daemon.json

engine_says() { timeout 10 docker info --format "$1" 2>/dev/null; }

# The command line of the engine of this machine, a word on each line; nothing when none runs.
engine_words() { dockerd_runs && tr '\0' '\n' <"/proc/$(</var/run/docker.pid)/cmdline"; }

# The file of its settings. Not a link: what replaces it must stand where the link leads.
settings_file() {
  local file
  file=$(engine_words | sed -n '/^--config-file$/{n;p;q}; s/^--config-file=//p' | head -n 1) || true
  readlink -f -- "${file:-$DAEMON_JSON}" || printf '%s' "${file:-$DAEMON_JSON}"
}

# What speaks against setting it, in words; nothing when nothing does.
why_no_live_restore() {
  if [[ $(engine_says '{{.Swarm.LocalNodeState}}') == active ]]; then
    printf 'Docker Swarm is active on this engine, and an engine with both does not start'
  elif engine_words | grep -q '^--live-restore'; then
    printf 'dockerd was started with %s, and a setting that stands in two places stops it' \
      "$(engine_words | grep -m 1 '^--live-restore')"
  elif ! dockerd_runs && engine_version >/dev/null; then
    printf 'the process of this engine is not known: /var/run/docker.pid names none'
  fi
}

# Shows what the file is to be.
show_live_restore() {
  local file new
  file=$(settings_file)
  new=$(perl "$here/with-live-restore" "$file" 2>/dev/null) || return 0
  if [[ -s $file ]]; then
    say "$file is to be (a copy of it is kept beside it):"
    diff --unified=9 --label "$file" --label 'to be' "$file" <(printf '%s\n' "$new") | sed 's/^/  /' >&2 || true
  else
    say "$file is to be, a new file:"
    printf '%s\n' "$new" | sed 's/^/  /' >&2
  fi
}

no_live_restore() {
  say "live-restore was not set: $1"
  say "so an engine that dies stops the containers when it is back; what else there is to know: docs/operating/engine.md"
}

set_live_restore() {
  local file new kept='' why changed=0
  why=$(why_no_live_restore)
  [[ -z $why ]] || { no_live_restore "$why"; return 0; }
  file=$(settings_file)
  install -d -m 0755 "$(dirname -- "$file")"
  new=$(mktemp -- "$file.XXXXXX")
  perl "$here/with-live-restore" "$file" >"$new" || changed=$?
  if ((changed == 0)); then
    chmod 0644 "$new"
    if [[ -e $file ]]; then
      kept=$file.before-$(date -u +%Y%m%dT%H%M%SZ)
      cp -p -- "$file" "$kept"
      chown --reference="$file" "$new" && chmod --reference="$file" "$new"
    fi
    mv -- "$new" "$file"
  else
    rm -f -- "$new"
    ((changed == 3)) || { no_live_restore "$file is no JSON object"; return 0; }
  fi
  take_settings && { say "containers go on when the engine ends: live-restore in $file${kept:+, its state before in $kept}"; return 0; }
  ((changed != 0)) || if [[ -n $kept ]]; then mv -- "$kept" "$file"; else rm -f -- "$file"; fi
  take_settings || true
  fail "the engine did not take live-restore from $file" "$(settings_log)" \
    "$file is as it was; the engine and all containers run" "dockerd --help | grep live-restore"
}

# The engine reads its file again, and says that it has it.
take_settings() {
  local i
  kill -HUP "$(</var/run/docker.pid)" || return 1
  for ((i = 0; i < 50; i++)); do
    [[ $(engine_says '{{.LiveRestoreEnabled}}') != true ]] || return 0
    sleep 0.1
  done
  return 1
}

settings_log() {
  if has_systemd; then journalctl -u docker -n 4 --no-pager 2>&1; else tail -n 4 "$DOCKERD_LOG" 2>&1; fi
}
