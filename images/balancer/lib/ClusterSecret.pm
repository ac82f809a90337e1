# ClusterSecret: what HAProxy's cluster-secret is (render.Quic). All balancers have the same key of the site, so
# each can calculate the tokens of the others, and nobody else can.
package ClusterSecret;
use v5.36;
use Digest::SHA qw(sha256_hex);

our $KEY = '/etc/tandem-tls/site.pem';    # the tests have another

# Nothing where there is no key.
sub known () {
    open my $key, '<', $KEY or return;
    local $/ = undef;
    return sha256_hex("cluster-secret\n" . (<$key> // ''));
}

1;
