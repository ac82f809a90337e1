# Loaded: which files the programs of this balancer run, as SHA-256 in files of /run/tandem. They are
# noted when a program starts, and by `reload` when it has been proven that it took them.
package Loaded;
use v5.36;
use Run;

# What is noted, and over which files: several are one after the other, in the order of their names
# byte by byte, so that ca-old.pem comes before ca.pem.
my %of = (
    loaded             => '/etc/tandem/haproxy.cfg',
    loaded_keepalived  => '/etc/tandem/keepalived.conf',
    loaded_handover    => '/etc/tandem/handover.nft',
    loaded_certificate => '/etc/tandem-tls/site.pem',
    loaded_ca          => '/etc/tandem-tls/ca*.pem',
);

# All that HAProxy reads when it starts.
my @haproxy = qw(loaded loaded_certificate loaded_ca);

sub names () { return sort keys %of }

# The hashes of what lies there now, by the names given.
sub hashes (@names) {
    my %hash;
    for my $name (@names) {
        my ($sum) = `LC_ALL=C; cat $of{$name} 2>/dev/null | sha256sum` =~ /^([0-9a-f]{64}) /;
        $hash{$name} = $sum // '';
    }
    return %hash;
}

sub of_haproxy () { return hashes(@haproxy) }

sub note (%hash) { Run::put($_, $hash{$_}) for sort keys %hash }

1;
