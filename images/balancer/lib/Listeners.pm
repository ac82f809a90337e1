# Listeners: which listeners for clients there are, and which peers: read from the files that HAProxy
# and Keepalived have loaded. Both can change without a new container.
package Listeners;
use v5.36;
use Run;
use Time::HiRes qw(stat);

our ($HAPROXY, $KEEPALIVED) = map { "/etc/tandem/$_" } qw(haproxy.cfg keepalived.conf);    # the tests have others
my $seen = '';

# Listeners, peers, the virtual router of our beacon, and the pools of web servers, when something was loaded since the last call;
# otherwise nothing.
sub news () {
    my $now = pack 'd*', map { (stat Run::path($_))[ 0, 1, 9, 10 ] } qw(loaded loaded_keepalived);
    return if $now eq $seen;
    $seen = $now;
    return known();
}

sub known () {
    my $keepalived = text($KEEPALIVED);
    return ([ listeners(text($HAPROXY)) ], [ peers($keepalived) ], beacon_id($keepalived), [ pools(text($HAPROXY)) ]);
}

# Of each frontend but that of the health port: its name with its port, its port, and how it is asked (see
# Question): 0 HTTP, 1 TLS, 2 TCP, which is what stands below `defaults` with `mode tcp`. One that moves to
# another port is another listener.
sub listeners ($text) {
    my ($name, @found);
    my ($section, $tcp) = ('', 0);
    for (split /\n/, $text) {
        ($section, $name) = ($1, $2) if /^(frontend|backend|listen|defaults|global)\b *(\S*)/;
        $tcp = $1 eq 'tcp' if $section eq 'defaults' && /^\s+mode (\w+)/;
        push @found, [ "$name:$1", $1, $tcp ? 2 : $2 ? 1 : 0 ] if ($name // '') ne 'health' && /^\s+bind \*:(\d+)\s*(ssl\b)?/;
    }
    return @found;
}

# A pool has a backend for what comes as HTTP, and one for what comes as HTTPS. Without any, the backends of TCP
# services count as pools (decision 0068): they stand below `defaults` of their own.
sub pools ($text) {
    my @backends = $text =~ /^backend (\S+)/mg;
    my %there = map { $_ => 1 } @backends;
    my @pools = grep { $there{"$_-tls"} && !/^last-resort/ } @backends;
    my ($tcp) = $text =~ /^defaults\n\s+mode tcp$(.*)/ms;
    return @pools ? @pools : ($tcp // '') =~ /^backend (\S+)/mg;
}

# The addresses of the other balancers. One that is alone has the VIP there, and no peer.
sub peers ($text) {
    my ($list) = $text =~ /^\s*unicast_peer\s*\{(.*?)\}/ms or return;
    my ($vip)  = $text =~ /^\s*virtual_ipaddress\s*\{\s*([\d.]+)/ms;
    return grep { $_ ne ($vip // '') } $list =~ /^\s*([\d.]+)/mg;
}

# The virtual router of our beacon; nothing where there is none.
sub beacon_id ($text) { return $text =~ /^vrrp_instance beacon \{.*?virtual_router_id (\d+)/ms ? $1 : undef }

sub text ($path) {
    open my $file, '<', $path or return '';
    local $/ = undef;
    return <$file> // '';
}

1;
