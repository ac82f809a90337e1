# Halves: what `node-state` prints, found out without being root, for who asks `speaker` for it. Two things only root
# finds out: who has the VIP on the LAN, and whether somebody has changed the rules of the hand-over. So `speaker`
# leaves a half of itself root before it becomes nobody. That half knows one question, and reads nothing: who connects to
# its socket and is nobody, or root, is told. The two share their memory, as long as neither writes to it.
package Halves;
use v5.36;
use IO::Socket::UNIX;
use NodeState;
use POSIX ();
use Run;
use Socket qw(SOL_SOCKET SO_PEERCRED);
use Stats;

use constant {
    LIMIT   => 0.5,     # seconds for the half that is root
    WHOLE   => 'whole=yes',
    WEB     => 500,     # web servers
};

# Of what HAProxy says, the columns that are told to others: no addresses.
my @TOLD = qw(pxname svname status check_status check_code uweight last_agt);

sub path () { return Run::path('speaker-root.sock') }

# Starts the half that stays root, and ends when the other one does; its process.
#
# @param find gives the lines
sub start ($find) {
    unlink path();
    my $old = umask 0111;
    my $listening = IO::Socket::UNIX->new(Local => path(), Listen => 16) or die path() . ": $!\n";
    umask $old;
    pipe(my $other, my $kept) or die "pipe: $!\n";
    my $pid = fork // die "fork: $!\n";
    if ($pid) {
        our $alive = $kept;    # open as long as we are there
        return $pid;
    }
    close $kept;
    $SIG{PIPE} = 'IGNORE';
    while (1) {
        my $ready = '';
        vec($ready, fileno $_, 1) = 1 for $listening, $other;
        select $ready, undef, undef, undef;
        POSIX::_exit(0) if vec $ready, fileno $other, 1;
        my $asker = $listening->accept or next;
        next unless may_ask($asker);
        my $text = eval { join '', map { "$_\n" } $find->() } // next;
        syswrite $asker, $text . WHOLE . "\n";
    }
}

# Whether who has connected is root, or nobody. A container may have no right to give a file to somebody else.
sub may_ask ($asker) {
    my (undef, $user) = unpack 'i3', getsockopt($asker, SOL_SOCKET, SO_PEERCRED) // return 0;    # struct ucred, unix(7)
    return $user == $< || $user == (getpwnam 'nobody')[2];
}

# Asks it; nothing when it is not there.
sub ask () {
    my $socket = IO::Socket::UNIX->new(Peer => path(), Timeout => LIMIT) or return;
    return { socket => $socket, end => Run::now() + LIMIT };
}

# The lines that it says; nothing when it did not say all of them in time.
sub answer ($asked) {
    my $text = '';
    while ((my $left = $asked->{end} - Run::now()) > 0) {
        vec(my $ready = '', fileno $asked->{socket}, 1) = 1;
        next unless select $ready, undef, undef, $left;
        next if sysread $asked->{socket}, $text, 65536, length $text;
        my @lines = split /\n/, $text;
        return @lines && pop @lines eq WHOLE ? \@lines : undef;
    }
    return;
}

# The whole text, with what tells whose it is and when it was found out; nothing where a part of it cannot be had.
#
# @param who site, node, container
# @param asked the question to the other half: meanwhile all else is found out
# @param statistics what HAProxy says of the servers, if it says something
# @param names the web servers that are asked, as far as HAProxy has them
sub text ($who, $asked, $statistics, @names) {
    my $time = Run::time_of_day();
    my @lines = (NodeState::of_anybody($ENV{TANDEM_VIP}), NodeState::of_web_servers(web($statistics // '', @names)));
    my $of_root = answer($asked) // return;
    my @whose = map { "$_=" . ($who->{$_} // '') } qw(site node container);
    return NodeState::text(told($statistics // ''), @whose, "time=$time", @lines, @$of_root);
}

sub told ($statistics) {
    my @rows = Stats::rows($statistics, @TOLD) or return '';
    return join '', map { "$_\n" } '# ' . join(',', @TOLD), map { my $row = $_; join ',', map { cell($_) } @$row{@TOLD} } @rows;
}

sub cell ($text) { return ($text //= '') =~ /[",]/ ? '"' . $text =~ s/"/""/gr . '"' : $text }

# Where HAProxy has these web servers. Who asks names them, and cannot have anybody else asked.
sub web ($statistics, @names) {
    my %wanted = map { $_ => 1 } @names > WEB ? () : @names;
    return if !%wanted;
    return map { ($_->{addr} // '') =~ /^([\d.]+):\d+\z/ ? ($_->{svname} => $1) : () } grep { $wanted{ $_->{svname} } }
        Stats::rows($statistics, qw(svname addr));
}

1;
