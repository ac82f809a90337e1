# Peers: asks the other balancers of the site what they tell of themselves, or tells them, all at once and without
# ever waiting: over the LAN, at their health port, as anybody could ask. An answer counts when it is whole and
# came in time; what is not known of a peer is said as such.
package Peers;
use v5.36;
use Errno ();
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK);
use Run;
use Socket;

use constant {
    LIMIT   => 0.7,          # seconds for an answer
    LONGEST => 4_000_000,    # bytes of one
};

# Asks, or tells when there is a body. From our own address on the LAN, by which a peer knows us.
sub ask ($class, $peer, $port, $from, $path, $body = undef) {
    my $self = bless { peer => $peer, ends => Run::now() + LIMIT, text => '', told => undef }, $class;
    $self->{send} = (defined $body ? 'POST' : 'GET') . " $path HTTP/1.0\r\nHost: $peer\r\n"
        . (defined $body ? 'Content-Length: ' . length($body) . "\r\n\r\n$body" : "\r\n");
    socket(my $socket, AF_INET, SOCK_STREAM, 0) or return $self->failed("$!");
    fcntl $socket, F_SETFL, fcntl($socket, F_GETFL, 0) | O_NONBLOCK;
    bind $socket, sockaddr_in(0, inet_aton($from)) if $from ne '';
    connect($socket, sockaddr_in($port, inet_aton($peer))) or $!{EINPROGRESS} or return $self->failed("$!");
    $self->{socket} = $socket;
    return $self;
}

sub peer ($self) { return $self->{peer} }

sub socket_of ($self) { return $self->{socket} }

sub wants_to_send ($self) { return $self->{send} ne '' }

# Whether there is nothing to wait for any more.
sub is_over ($self) { return !$self->{socket} }

sub failed ($self, $why) {
    delete $self->{socket};
    $self->{why} //= $why;
    return $self;
}

# Its socket is ready.
sub go_on ($self) {
    return $self->send_on() if $self->wants_to_send();
    my $read = sysread $self->{socket}, $self->{text}, 65536, length $self->{text};
    return if !defined $read && $!{EAGAIN};
    return $self->failed("$!") unless defined $read;
    return $self->failed('its answer has no end') if length $self->{text} > LONGEST;
    $self->judge() if $read == 0;
}

sub send_on ($self) {
    my $sent = syswrite $self->{socket}, $self->{send};
    return if !defined $sent && $!{EAGAIN};
    return $self->failed("$!") unless defined $sent;
    substr $self->{send}, 0, $sent, '';
}

sub end_late ($self, $now) {
    $self->failed(sprintf 'no answer within %.1f s', LIMIT) if !$self->is_over() && $now > $self->{ends};
}

# The answer is there to its end.
sub judge ($self) {
    ($self->{told}, my $why) = body($self->{text});
    $self->failed($why);
}

# What an answer carries, or why it is none.
sub body ($text) {
    my ($code, $head, $body) = $text =~ m{^HTTP/1\.[01] (\d+)[^\n]*\n(.*?)\r?\n\r?\n(.*)\z}s or return (undef, 'no answer');
    return (undef, "its HAProxy answers, and what speaks for it does not ($code)") if $code =~ /^50[234]$/;
    return (undef, "it answers $code") if $code != 200;
    my ($length) = $head =~ /^content-length: *(\d+)/mi;
    return (undef, 'its answer is not whole') if ($length // -1) != length $body || $body !~ /^\{.*\}\n\z/s;
    return $body;
}

# What it told, undef and the reason when that is not known.
sub told ($self) { return ($self->{told}, $self->{why}) }

1;
