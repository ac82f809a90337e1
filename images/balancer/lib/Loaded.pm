# Loaded: which files the programs of this balancer run, as SHA-256 in files of /run/tandem. They are
# noted when a program starts, and by `reload` when it has been proven that it took them.
package Loaded;
use v5.36;
use Digest::SHA;
use Notes;

# What is noted, and over which files: several are one after the other, in the order of their names
# byte by byte, so that ca-old.pem comes before ca.pem.
my %of = (
    loaded             => '/etc/tandem/haproxy.cfg',
    loaded_keepalived  => '/etc/tandem/keepalived.conf',
    loaded_handover    => '/etc/tandem/handover.nft',
    loaded_certificate => '/etc/tandem-tls/site*.pem',
    loaded_access      => '/etc/tandem/*.lst',
    loaded_ca          => '/etc/tandem-tls/ca*.pem',
);

# All that HAProxy reads when it starts.
my @haproxy = qw(loaded loaded_certificate loaded_access loaded_ca);

sub names () { return sort keys %of }

# The hashes of what lies there now, by the names given. Most sites have no lists, and nothing to say of them.
sub hashes (@names) {
    return map { $_ => hash(sort glob $of{$_}) } grep { $_ ne 'loaded_access' || glob $of{$_} } @names;
}

# Over what can be read of these files.
sub hash (@files) {
    my $sum = Digest::SHA->new(256);
    for my $file (grep { -e } @files) {
        eval { $sum->addfile($file, 'b'); 1 } or print STDERR "$file: $@";
    }
    return $sum->hexdigest;
}

sub of_haproxy () { return hashes(@haproxy) }

sub note (%hash) { Notes::leave(put => $_, $hash{$_}) for sort keys %hash }

1;
