# Nginx: asks web servers of ours which files they run, all at once, over the network that they share with
# this balancer (nginx.conf, /loaded). One that has not answered in time has said nothing.
package Nginx;
use v5.36;
use IO::Select;
use IO::Socket::INET;
use Run;

our $PORT = 8404;    # the tests have another one

use constant MOST => 200;    # connections at a time
use constant LONG => 4096;   # an answer that is longer is none

# What each says, by name: lines of key=value.
#
# @param limit seconds for all of them
# @param addresses by name
sub loaded ($limit, %addresses) {
    my $deadline = Run::now() + $limit;
    my @names    = sort keys %addresses;
    my %said;
    while (my @some = splice @names, 0, MOST) {
        %said = (%said, ask($deadline, map { $_ => $addresses{$_} } @some));
    }
    return %said;
}

sub ask ($deadline, %addresses) {
    my ($writing, $reading, %name, %answer, %said) = (IO::Select->new, IO::Select->new);
    for my $name (keys %addresses) {
        my $socket = IO::Socket::INET->new(PeerAddr => $addresses{$name}, PeerPort => $PORT, Blocking => 0) or next;
        $name{$socket} = $name;
        $writing->add($socket);
    }
    while ($writing->count + $reading->count) {
        my $left = $deadline - Run::now();
        last if $left <= 0;
        my ($read, $write) = IO::Select->select($reading, $writing, undef, $left);
        for my $socket (@{ $write // [] }) {
            $writing->remove($socket);
            my $question = "GET /loaded HTTP/1.0\r\n\r\n";
            $reading->add($socket) if $socket->connected && (syswrite($socket, $question) // 0) == length $question;
        }
        for my $socket (@{ $read // [] }) {
            my $bytes = sysread $socket, $answer{$socket} //= '', LONG, length($answer{$socket} // '');
            next if $bytes ? length $answer{$socket} < LONG : !defined $bytes && $!{EAGAIN};
            $reading->remove($socket);
            $said{ $name{$socket} } = $1 if defined $bytes && !$bytes && $answer{$socket} =~ m{^HTTP/1\.1 200 .*?\r\n\r\n(.*)}s;
        }
    }
    return %said;
}

1;
