# Events: what has happened to this balancer, for `speaker`, which tells it to whoever asks and keeps it over
# a restart. The init writes a line for each of its own words and for each of HAProxy's about its web servers:
# a number, the time, and the text. It writes to memory only (/run), so that no disk can hold it up, and a
# line that cannot be written is left out.
#
# What kind an event is follows from its text, and is decided where it is read.
package Events;
use v5.36;
use Fcntl qw(O_APPEND O_CREAT O_WRONLY);
use Run;

use constant {
    MOST    => 65_536,    # bytes of a file; the one before is kept as well
    LONGEST => 400,       # characters of a text
    DRILLS  => 'drills',  # the file of what drills say
};

my $number = 0;    # of the last event of this start

# Of a start of the container: whoever reads events can tell those of one from those of another. Where there is
# no room to write it down, there are no events either.
sub begin () {
    my $boot = Run::first_line('/proc/sys/kernel/random/uuid') // '';
    eval { Run::put(boot => substr $boot, 0, 8) };
    $number = 0;
    unlink Run::path($_) for qw(events events.before), DRILLS;
}

# What a drill says is a file of its own: nobody but the init writes its own. It is as bounded.
sub note_drill ($text) {
    my $count = () = lines_of(DRILLS);
    my $path  = Run::path(DRILLS);
    return if (-s $path // 0) > MOST;
    sysopen my $file, $path, O_WRONLY | O_APPEND | O_CREAT, 0644 or return;
    syswrite $file, join(' ', $count + 1, Run::time_of_day(), 'drill: ' . clean($text)) . "\n";
}

sub lines_of ($name) {
    open my $file, '<', Run::path($name) or return;
    return <$file>;
}

# Never fails, and never waits.
sub note ($text) {
    my $server = $text =~ s/^(?:Backup )?Server //r;
    return if $server ne $text && $server =~ /^last-resort/;    # the same server, told of for its own backend
    my $line = join(' ', ++$number, Run::time_of_day(), clean($text)) . "\n";
    my $path = Run::path('events');
    rename $path, Run::path('events.before') if (-s $path // 0) > MOST;
    sysopen my $file, $path, O_WRONLY | O_APPEND | O_CREAT, 0644 or return;
    syswrite $file, $line;
}

sub clean ($text) { return substr($text =~ s/[^\x20-\x7e]+/ /gr =~ s/^ +| +$//gr, 0, LONGEST) }

# An event out of a line, nothing when it is none, or not whole.
sub parsed ($line) {
    my ($of, $time, $text) = $line =~ /^(\d+) (\d{4}-\d\d-\d\dT[\d:.]+Z) (.+)\n\z/ or return;
    return { number => $of, time => $time, kind => kind($text), text => $text };
}

# What was written since the last call, by what $place remembers of it; $place begins as {}.
sub news ($place, $name = 'events') {
    my @stat = stat Run::path($name) or return;
    return if $stat[1] == ($place->{inode} // 0) && $stat[7] == $place->{size};
    my $begun = $stat[1] == ($place->{inode} // 0) ? '' : rest("$name.before", $place->{inode}, $place->{size});
    my $from  = $stat[1] == ($place->{inode} // 0) ? $place->{size} : 0;
    my $text  = rest($name, $stat[1], $from) =~ s/[^\n]*\z//r;    # a line may be on its way
    @$place{qw(inode size)} = ($stat[1], $from + length $text);
    return map { parsed($_) } split /^/, $begun . $text;
}

# Of a file from there on; all of it when it is another one.
sub rest ($name, $inode, $from) {
    open my $file, '<', Run::path($name) or return '';
    seek $file, $from, 0 if defined $inode && (stat $file)[1] == $inode;
    local $/ = undef;
    return <$file> // '';
}

# By the first that fits.
my @KINDS = (
    drill      => qr/^drill: /,
    vrrp       => qr/^VRRP /,
    end        => qr/^(?:haproxy|keepalived) (?:ended at|could not be started)/,
    standstill => qr/did not run for/,
    hang       => qr/^keepalived hangs/,
    order      => qr/^duty: /,
    reload     => qr/^(?:loaded|certificate) /,
    track      => qr/^\w+=[01]$/,
    phase      => qr/^(?:begins$|left$|\w+ -> \w+$|\w+ started, process)/,
    server     => qr/^(?:Server|Backup Server) \S+ |^backend \S+ has no server/,
    listener   => qr/^clients do not reach|does not reach .* here$/,
    lan        => qr/LAN|the VIP|claims the VIP|default route/,
);

sub kind ($text) {
    for (my $i = 0; $i < @KINDS; $i += 2) { return $KINDS[$i] if $text =~ $KINDS[ $i + 1 ] }
    return 'note';
}

1;
