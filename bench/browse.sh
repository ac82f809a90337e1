# Read by bench/page and bench/compare: what a browser asks that has the page of a site open.
# shellcheck shell=bash

# Until it is ended: each second, and every 10 s for the last hour as well (images/balancer/page/main.js).
browse() { # ADDRESS
  local turn=0 hour
  while :; do
    hour=''
    ((turn++ % 10)) || hour='&hour=1'
    curl --silent --fail --max-time 2 --output /dev/null "http://$1:8404/site.json?events=30$hour" || true
    sleep 1
  done
}
