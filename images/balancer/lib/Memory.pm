# Memory: the events that a balancer remembers, the last ones of its life: a ring in memory, and beside it a
# file in a volume, which outlives a restart of the container. Where the file cannot be read or written, because
# its disk is full or was never there, events are remembered until the next restart, and that is told.
#
# An event has a sequence number of its own, which goes on over restarts, the boot that it belongs to, and its
# number in there. A line of the file: SEQUENCE BOOT NUMBER TIME TEXT.
package Memory;
use v5.36;
use Events;
use Run;

use constant {
    MOST   => 500,    # events that are remembered
    CHECKS => 250,    # of them at most about web servers: one that goes up and down does not push out the rest
    LINES  => 2000,   # of the file, until it is written from scratch
};

sub new ($class, $file) {
    my $self = bless { file => $file, events => [], last => 0, lines => 0, kept => 1, read => {} }, $class;
    $self->recall();
    return $self;
}

# What the file has, as far as it can be understood.
sub recall ($self) {
    open my $file, '<', $self->{file} or return $self->{kept} = $!{ENOENT} ? 1 : 0;
    while (-f $file && defined(my $line = <$file>)) {
        last if $self->{lines}++ > 2 * LINES;    # none of ours
        my ($sequence, $boot, $rest) = $line =~ /^(\d+) (\S+) (.*\n)\z/s or next;
        my $event = Events::parsed($rest) // next;
        $self->have({ %$event, boot => $boot, sequence => $sequence }) if $sequence > $self->{last};
    }
}

sub have ($self, $event) {
    push @{ $self->{events} }, $event;
    $self->{last} = $event->{sequence};
    $self->{read}{ $event->{boot} } = $event->{number};
    $self->{events} = [ kept(@{ $self->{events} }) ] if @{ $self->{events} } > MOST + 50;
}

# Those that stay.
sub kept (@events) {
    my $checks = grep { $_->{kind} eq 'server' } @events;
    my $over   = @events - MOST;
    @events = grep { !($over > 0 && $checks > CHECKS && $_->{kind} eq 'server' && ($over--, $checks--)) } @events;
    splice @events, 0, @events - MOST if @events > MOST;
    return @events;
}

# The events of this boot that were not taken before are taken, and written down; returns them.
sub take ($self, $boot, @events) {
    my @new = grep { $_->{number} > ($self->{read}{$boot} // 0) } @events or return;
    for my $event (@new) { $self->have({ %$event, boot => $boot, sequence => $self->{last} + 1 }) }
    $self->{lines} + @new > LINES ? $self->rewrite() : $self->append(@{ $self->{events} }[ -@new .. -1 ]);
    return @new;
}

sub append ($self, @events) {
    $self->{lines} += @events;
    my $open = open my $file, '>>', $self->{file};
    my $done = $open && print $file map { line($_) } @events;
    $self->{kept} = $open && close($file) && $done ? 1 : 0;
}

sub rewrite ($self) {
    my $new  = "$self->{file}.new";
    my $open = open my $file, '>', $new;
    my $done = $open && print $file map { line($_) } @{ $self->{events} };
    $done = $open && close($file) && $done && rename $new, $self->{file};
    $self->{lines} = $done ? @{ $self->{events} } : 0;    # on a full disk: later
    $self->{kept}  = $done ? 1 : 0;
    unlink $new unless $done;
}

sub line ($event) { return join(' ', @$event{qw(sequence boot number time text)}) . "\n" }

# The last so many.
sub last_of ($self, $most) {
    my $all  = $self->{events};
    my $from = @$all > $most ? @$all - $most : 0;
    return @$all[ $from .. $#$all ];
}

1;
