# shellcheck shell=bash disable=SC2154
# A site of a benchmark's own, on subnets that nobody uses. Sourced, never run. The sourcing script
# sets `site` (its name) and `work` (its directory), and has say().

# Is the subnet $1 (a /24) of no use on this machine: no route in it or around it, no network of
# Docker's? Macvlan networks have no route on the host.
is_free() {
  local networks
  [[ -z $(ip -4 route show root "$1") ]] || return 1
  ! ip -4 route show match "$1" | grep -qv '^default' || return 1
  mapfile -t networks < <(docker network ls --quiet 2>/dev/null)
  ((${#networks[@]} > 0)) || return 0
  ! docker network inspect "${networks[@]}" --format '{{range .IPAM.Config}}{{.Subnet}} {{end}}' |
    grep -qF "${1%.*}."
}

# Writes $work/tandem.yaml, and sets vip and vtnet (the name of its network).
# 198.18.0.0/15 belongs to nobody: it is set aside for measurements (RFC 2544, appendix C.2.2).
write_site() {
  local try third
  for ((try = 0; try < 250; try++)); do
    third=$((($$ + try) % 250))
    if is_free "198.18.$third.0/24" && is_free "198.19.$third.0/24"; then
      # shellcheck disable=SC2034
      vip=198.18.$third.150 vtnet=$site
      printf '%s\n' "site: $site" 'vip:' "  address: 198.18.$third.150" \
        'network:' "  name: $site" "  subnet: 198.19.$third.0/24" \
        'balancers:' '  haproxy-a:' '  haproxy-b:' 'servers:' '  web-a:' '  web-b:' \
        >"$work/tandem.yaml"
      return 0
    fi
  done
  say "no free subnet in 198.18.0.0/15"
  return 1
}

left_over() {
  docker ps --all --quiet --filter "label=com.docker.compose.project=$site"
  docker network ls --quiet --filter "label=com.docker.compose.project=$site"
}

# By name, not by file: it works whatever state the directory is in.
remove_site() {
  [[ -z $(left_over) ]] ||
    docker compose --project-name "$site" down --remove-orphans --timeout 2 >/dev/null 2>&1 || true
  [[ -z $(left_over) ]] || say "could not remove all of $site: docker ps --all" \
    "--filter label=com.docker.compose.project=$site"
}
