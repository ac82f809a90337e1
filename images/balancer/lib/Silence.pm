# Silence: what the connections to a silent web server tell about it. HAProxy's checks say that its
# program does not answer. Whether it is busy, hangs, or is gone with its whole machine, the kernel knows
# of each connection (`ss -tinoOH`). Pure: texts in, decisions out.
#
#   An Nginx of ours serves files, and silence of its checks is evidence: what waits for it ends. What
#   does not wait goes on: an answer that arrives at this moment, and one that lies here unread because
#   its client is slow. A machine that has too much to do is late with checks, and sends such answers.
#
#   A web server with a `url` (haproxy.cfg says so at its end of the line) may be busy for a minute. What
#   it has open ends when its kernel is silent as well, or when its checks have waited for very long.
package Silence;
use v5.36;

use constant FLOWING    => 1000;    # ms since the last bytes of an answer that still arrives
use constant UNANSWERED => 2;       # questions without an answer that make a silent kernel

# How patient to be with whom, in milliseconds, as haproxy.cfg says it: by backend/server.
sub patience ($configuration) {
    my ($backend, %patience) = ('');
    for my $line (split "\n", $configuration) {
        $backend = $1 if $line =~ /^backend (\S+)/;
        my ($server, $gone, $silent) = $line =~ /^ +server (\S+) .*  # url: gone (\d+)ms, silent (\d+)ms$/ or next;
        $patience{"$backend/$server"} = { gone => $gone, silent => $silent };
    }
    return %patience;
}

# Address and port of what HAProxy calls an address, as ss takes them: one of IPv6 is in brackets. Nothing
# where there is none: a name without an address yet.
sub place ($text) { return $text =~ /^([\d.]+|\[[0-9a-f:.]+\]):(\d+)$/ }

# All that have been taken, from what ss says.
sub connections ($text) {
    my @all;
    for my $line (split "\n", $text) {
        my ($state, $unread, undef, $here, undef, $facts) = split ' ', $line, 6;
        next if !defined $facts || $state eq 'SYN-SENT';
        my ($port) = $here =~ /:(\d+)$/ or next;
        my %ago = (lastsnd => 0, lastrcv => 0, lastack => 0, $facts =~ /\b(last(?:snd|rcv|ack)):(\d+)/g);
        my ($unanswered) = $facts =~ /\btimer:\([a-z]+,[^,]*,(\d+)\)/;
        push @all, {
            port       => $port,
            unread     => $unread,
            answered   => $facts =~ /\bbytes_received:/ && $ago{lastrcv} < $ago{lastsnd},
            sent       => $ago{lastsnd},
            received   => $ago{lastrcv},
            heard      => $ago{lastack} < $ago{lastrcv} ? $ago{lastack} : $ago{lastrcv},
            unanswered => $unanswered // 0,
        };
    }
    return @all;
}

# Whether the one side still waits for the other: bytes of an answer came after the last that was sent,
# and just now, or HAProxy has not read them.
sub waits ($connection) {
    return 0 if $connection->{unread} > 0;
    return $connection->{answered} && $connection->{received} < FLOWING ? 0 : 1;
}

# What the kernel at the other end shows: that it is there, that it is gone, or nothing. One connection
# that heard of it is enough. Where nothing was asked for so long, nothing can be said.
sub kernel ($gone, @connections) {
    return 'there' if grep { $_->{heard} < $gone } @connections;
    return 'gone'  if grep { $_->{unanswered} >= UNANSWERED } @connections;
    return 'unknown';
}

# Why everything that is open to a web server with a `url` must end; nothing when it must not. Its checks
# have been silent for so many milliseconds; `check` is what HAProxy says of the last one.
sub verdict ($patience, $since, $check, @connections) {
    return 'has been silent for ' . $since / 1000 . ' s' if $since >= $patience->{silent};
    return if $check =~ /^(?:\* )?L[67]/;    # it took the connection of the check
    return 'is silent, and so is its kernel' if kernel($patience->{gone}, @connections) eq 'gone';
    return;
}

1;
