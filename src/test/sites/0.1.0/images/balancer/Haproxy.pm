# Haproxy: asks HAProxy whether it serves: one question at a time, GET /ready on the health port, over
# TCP as a client would. Any answer at all shows that it is alive; 200 that it also sees a web server.
# And what its two sockets answer: that of the worker that serves, and that of the master.
package Haproxy;
use v5.36;
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK);
use Socket;

# A question that should be answered by `until`. Its time is the caller's to watch.
sub ask ($class, $port, $until) {
    socket(my $socket, AF_INET, SOCK_STREAM, 0) or return;
    fcntl($socket, F_SETFL, fcntl($socket, F_GETFL, 0) | O_NONBLOCK);
    connect $socket, sockaddr_in($port, inet_aton('127.0.0.1'));    # refused: seen when we write
    return bless { socket => $socket, until => $until, asked => 0 }, $class;
}

sub fd ($self) { return fileno $self->{socket} }

# The next step, when the socket is ready for it: the answer, '' where there will be none, or undef
# while it is not there yet.
sub go_on ($self, $readable, $writable) {
    return $self->answer() if $self->{asked} && $readable;
    return if $self->{asked} || !$writable;
    $self->{asked} = 1;
    return syswrite($self->{socket}, "GET /ready HTTP/1.0\r\n\r\n") ? undef : '';
}

# What has come; undef while nothing has.
sub answer ($self) {
    my $read = sysread $self->{socket}, my $answer, 4096;
    return defined $read ? $answer : $!{EAGAIN} ? undef : '';
}

# HAProxy counts a web server as up until its first checks are done. A balancer that believed this and
# took the VIP would answer 503 when it is cut off from the web servers: so these checks are awaited.
# INI is what `show stat` says before the first one, "UP 1/2" and "DOWN 1/2" between the first and the
# last that it takes (management guide, 9.1); who is in maintenance is not checked.
sub has_checked () { return (unchecked() // '?') eq '' }

# The web servers that its checks have not decided about yet, as backend/server; nothing when it does
# not answer.
sub unchecked () {
    my $answer = talk('show stat -1 4 -1') // return;
    return unless $answer =~ /^# pxname/;
    my @lines = grep { m{,(?:\* )?INI,|,(?:UP|DOWN) \d+/\d+,} && !/,MAINT/ } split "\n", $answer;
    return join ' ', map { join '/', (split /,/)[ 0, 1 ] } @lines;
}

# What the worker that serves answers to a command.
sub talk ($command, $seconds = 0.2) { return ask_socket('admin', $command, $seconds) }

# What the master answers.
sub master ($command, $seconds = 5) { return ask_socket('master', $command, $seconds) }

# Its whole answer; nothing when it gave none in time, or not to its end. A command may carry a text
# of several lines (`<<`), which an empty line ends.
sub ask_socket ($name, $command, $seconds) {
    socket(my $socket, AF_UNIX, SOCK_STREAM, 0) or return;
    setsockopt $socket, SOL_SOCKET, SO_RCVTIMEO, pack 'l!l!', int $seconds, 1e6 * ($seconds - int $seconds);
    connect($socket, sockaddr_un("/run/haproxy/$name.sock")) or return;
    syswrite $socket, "$command\n";
    my ($answer, $part) = ('', '');
    while (1) {
        my $read = sysread $socket, $part, 65536;
        return unless defined $read;
        return $answer if $read == 0;
        $answer .= $part;
    }
}

1;
