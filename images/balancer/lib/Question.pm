# Question: asks one listener of HAProxy whether it answers, as a client would begin and no further: no
# web server is asked, nothing is logged, and no request is counted.
#
#   HTTP    HTTP/2's preface (RFC 9113, section 3.4): HAProxy answers with its SETTINGS
#   HTTPS   a connection that is closed before it said anything: HAProxy closes it too
#   TCP     nothing at all: haproxy.cfg hands on no connection from a balancer, and resets it at once
#
# A TLS hello that is not gone through with would be a line in the log for each question.
package Question;
use v5.36;
use Errno ();
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK);
use Socket qw(:DEFAULT SOL_SOCKET SO_LINGER MSG_NOSIGNAL);

use constant HELLO => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" . pack 'C3 C C N', 0, 0, 0, 4, 0, 0;

use constant { HTTP => 0, TLS => 1, TCP => 2 };

# @param kind one of these
# @param from our address, '' for any
sub ask ($class, $address, $port, $kind, $from) {
    socket(my $socket, AF_INET, SOCK_STREAM, 0) or return;
    fcntl($socket, F_SETFL, fcntl($socket, F_GETFL, 0) | O_NONBLOCK);
    setsockopt $socket, SOL_SOCKET, SO_LINGER, pack 'i i', 1, 0;    # leaves nothing behind in the kernel
    if ($from ne '') { bind $socket, sockaddr_in(0, inet_aton($from)) }
    my $self = bless { socket => $socket, kind => $kind, asked => 0 }, $class;
    connect $socket, sockaddr_in($port, inet_aton($address)) or $!{EINPROGRESS} or $self->{refused} = 1;
    return $self;
}

sub fd ($self) { return fileno $self->{socket} }

# What has come of it: heard, refused, connected (once), or nothing new.
sub look ($self) {
    return 'refused' if $self->{refused};
    my $socket = $self->{socket};
    if (!$self->{asked}) {
        my $error = unpack 'i', getsockopt $socket, SOL_SOCKET, SO_ERROR;
        return $self->ended($error) if $error;
        getpeername $socket or return '';
        $self->{asked} = 1;
        $self->{kind} != HTTP ? shutdown $socket, 1 : send $socket, HELLO, MSG_NOSIGNAL;
        return 'connected';
    }
    my $read = sysread $socket, my $answer, 4096;
    return $!{EAGAIN} || $!{EINTR} ? '' : $self->ended($!) unless defined $read;
    return $read || $self->{kind} != HTTP ? 'heard' : 'refused';
}

# Who resets a connection has taken it before.
sub ended ($self, $error) { return $self->{kind} == TCP && $error == Errno::ECONNRESET ? 'heard' : 'refused' }

1;
