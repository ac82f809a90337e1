#!/bin/sh
# Both programs in one container, as tutorials start them: HAProxy in the background, Keepalived in
# front. Nobody starts HAProxy again when it dies. `service haproxy start` would do the same, but a
# HAProxy that is a daemon has no stdout, and its log would not reach `docker logs`.
haproxy -f /etc/haproxy/haproxy.cfg -db &
exec keepalived --dont-fork --log-console
