# Vrrp: what Keepalived says of its instances, over a pipe (keepalived.conf, vrrp_notify_fifo), and whether it has
# read its file. `vip` is the one that has the VIP; `vips-NAME` has those that are first at the balancer NAME.
package Vrrp;
use v5.36;
use Fcntl qw(O_NONBLOCK O_RDWR);
use POSIX qw(mkfifo);
use Time::HiRes;
use Notes;
use Run;

my $line = '';    # what it said of a line that is not at its end

# The pipe; it reads as ready when something was said. One that is there stays: Keepalived may have made
# it, and speaks into it.
sub listen () {
    my $path = Run::path('vrrp.fifo');
    unlink $path unless -p $path;
    -p $path or mkfifo($path, 0600) or die "$path: $!\n";
    sysopen(my $pipe, $path, O_RDWR | O_NONBLOCK) or die "$path: $!\n";
    return $pipe;
}

# The states it has said since, oldest first, each with the balancer whose VIPs it is about, '' for the VIP. Its lines:
# INSTANCE "vip" MASTER 250. Some of it is no state, such as MASTER_RX_LOWER_PRI.
sub states ($pipe) {
    while (sysread $pipe, my $text, 4096) { $line .= $text }
    my @states;
    while ($line =~ s/^(.*)\n//) {
        my $line_said = $1;
        push @states, [ $2, $1 // '' ] if $line_said =~ /^INSTANCE "vip(?:s-(\S+))?" (MASTER|BACKUP|FAULT|STOP) /;
    }
    return @states;
}

# Notes a state, and since when it is.
sub note ($state) { Notes::leave(put => 'vrrp', "$state " . Run::time_of_day()) }

# A mark for the next time that Keepalived reads its file: keepalived.conf makes it a part of its
# router_id, which nobody else looks at.
sub mark () {
    my $mark = 'read' . int 1000 * Time::HiRes::time();
    Notes::leave(put => 'mark.conf', "\$MARK=$mark");
    return $mark;
}

# Whether it is what Keepalived runs with, by its own word: on SIGUSR1 it writes down all that it knows.
# A master says nothing else of a reload. Each call asks again.
sub has_read ($mark, $keepalived) {
    my $file = '/tmp/keepalived.data';
    unlink $file;
    kill 'USR1', $keepalived;
    my $known = '';
    Run::await(0.5, sub { ($known = text($file)) =~ /VRRP Topology/ });
    return $known =~ /^ *Router ID = \S+\Q$mark\E$/m;
}

sub text ($path) {
    open my $file, '<', $path or return '';
    local $/ = undef;
    return <$file> // '';
}

1;
