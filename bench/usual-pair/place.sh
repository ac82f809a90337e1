# Read by ./up and ./down: which pair, and where its files are.
# shellcheck shell=sh disable=SC2034,SC2154  # $here comes from them; the others are for them
name=${USUAL_NAME:-usual}
lan=${USUAL_LAN:-10.98.0}
case $name in '' | *[!a-z0-9-]* | -*) echo "usual-pair: USUAL_NAME: '$name' is no name" >&2; exit 2 ;; esac
case $lan in
  *[!0-9.]* | *.*.*.* | .* | *. | *..*) bad=yes ;;
  *.*.*) bad=no ;;
  *) bad=yes ;;
esac
[ "$bad" = no ] || { echo "usual-pair: USUAL_LAN: '$lan' is not the beginning of an address, such as 10.98.0" >&2; exit 2; }
place=$here
[ "$name $lan" = 'usual 10.98.0' ] || place=$here/run/$name
