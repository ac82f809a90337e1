# Haproxy: asks HAProxy whether it serves: one question at a time, GET /ready on the health port, over
# TCP as a client would. Any answer at all shows that it is alive; 200 that it also sees a web server.
# And what its two sockets answer: that of the worker that serves, and that of the master.
package Haproxy;
use v5.36;
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK);
use Errno ();
use Run;
use Socket qw(:DEFAULT MSG_NOSIGNAL);
use Stats;

our $SOCKETS = '/run/haproxy';    # the tests have another place

# A question. Its time is the caller's to watch.
sub ask ($class, $port) {
    socket(my $socket, AF_INET, SOCK_STREAM, 0) or return;
    fcntl($socket, F_SETFL, fcntl($socket, F_GETFL, 0) | O_NONBLOCK);
    connect $socket, sockaddr_in($port, inet_aton('127.0.0.1'));    # refused: seen when we write
    return bless { socket => $socket, asked => 0 }, $class;
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

# The status code of an answer, '' when it is none.
sub code ($answer) { return $answer =~ m{^HTTP/1\.[01] (\d+)} ? $1 : '' }

# The pools without a web server that is up, as the answer names them.
sub lost ($answer) { return $answer =~ /^[^\r\n]*; down: (\S+)/m ? split /,/, $1 : () }

# HAProxy counts a web server as up until its first checks are done. A balancer that believed this and
# took the VIP would answer 503 when it is cut off from the web servers: so these checks are awaited.
# INI is what `show stat` says before the first one, "UP 1/2" and "DOWN 1/2" between the first and the
# last that it takes (management guide, 9.1); who is in maintenance is not checked.
sub has_checked () { return (unchecked() // '?') eq '' }

# The web servers that its checks have not decided about yet, as backend/server; nothing when it does
# not answer.
sub unchecked () {
    my $answer = talk(Stats::OF_SERVERS) // return;
    return unless $answer =~ /^# pxname/;
    return join ' ', map { "$_->{pxname}/$_->{svname}" } grep { is_undecided($_) } Stats::rows($answer, qw(pxname svname status check_status));
}

sub is_undecided ($server) {
    return $server->{status} !~ /^MAINT/
        && ($server->{check_status} =~ /^(?:\* )?INI$/ || $server->{status} =~ m{^(?:UP|DOWN) \d+/\d+$});
}

# What /ready says, over its own socket: whether a pool has a web server that is up in both of its
# backends, and the pools that have none. The last resort, which has no checks, is in no backend of
# requests as long as they are up. Nor is a TCP service: one that is down is so for its clients alone, and
# moves no VIP, unless there is nothing but services.
sub sees_servers () {
    my (%up, %tcp);    # by pool, by service
    for my $row (Stats::rows(talk('show stat -1 2 -1') // '', qw(pxname svname status mode))) {
        next if $row->{svname} ne 'BACKEND' || $row->{pxname} =~ /^last-resort|^tandem_/;
        my $is_up = $row->{status} eq 'UP';
        if (($row->{mode} // '') eq 'tcp') { $tcp{ $row->{pxname} } = $is_up; next }
        my $pool = $row->{pxname} =~ s/-tls$//r;
        $up{$pool} = ($up{$pool} // 1) && $is_up;
    }
    delete @up{qw(connections requests retries)};    # of tables
    %up = %tcp if !%up;
    return (scalar(grep { $_ } values %up) ? 1 : 0, sort grep { !$up{$_} } keys %up);
}

# What the worker that serves answers to a command.
sub talk ($command, $seconds = 0.2) { return ask_socket('admin', $command, $seconds) }

# What the master answers.
sub master ($command, $seconds = 5) { return ask_socket('master', $command, $seconds) }

# Its whole answer; nothing when it gave none in time, or not to its end. In time means all of it: to
# take the connection (its backlog may be full), the command, and to answer. A command may carry a text
# of several lines (`<<`), which an empty line ends.
sub ask_socket ($name, $command, $seconds) {
    my $end = Run::now() + $seconds;
    socket(my $socket, AF_UNIX, SOCK_STREAM, 0) or return;
    limit($socket, $_, $seconds) for SO_SNDTIMEO, SO_RCVTIMEO;
    connect($socket, sockaddr_un("$SOCKETS/$name.sock")) or return;
    my $text = "$command\n";
    while ($text ne '') {
        my $sent = send $socket, $text, MSG_NOSIGNAL;
        next if !defined $sent && $!{EINTR} && Run::now() < $end;
        return unless defined $sent;
        substr $text, 0, $sent, '';
    }
    my ($answer, $part) = ('', '');
    while ((my $left = $end - Run::now()) > 0) {
        limit($socket, SO_RCVTIMEO, $left);
        my $read = sysread $socket, $part, 65536;
        next if !defined $read && $!{EINTR};
        return unless defined $read;
        return $answer if $read == 0;
        $answer .= $part;
    }
    return;
}

# The kernel takes 0 for "for ever".
sub limit ($socket, $what, $seconds) {
    my $micros = int 1e6 * $seconds;
    $micros = 1000 if $micros < 1000;
    setsockopt $socket, SOL_SOCKET, $what, pack 'l!l!', int $micros / 1e6, $micros % 1e6;
}

1;
