# Hour: how many requests clients have sent in the last hour, and how many of them got an error of the server, in
# steps of some seconds: a ring. And how many connections were open here when the VIP went elsewhere, and lived on. Pure:
# HAProxy's counters in, numbers out. What is not known is undef, and nothing is made up for it.
package Hour;
use v5.36;
use Json;
use Stats;
use Told;

use constant {
    STEP => 10,     # seconds
    MOST => 360,    # steps: an hour
    STAT => 'show stat -1 1 -1',    # frontends alone
};

sub new () { return { requests => [], errors => [], at => undef, had => undef } }

# A step more. Where steps are missing, because this program did not run say, nothing is known of them; of what came
# in meanwhile neither.
# @param now seconds, of a clock that goes on
# @param stat what HAProxy says; undef when it says nothing
sub step ($ring, $now, $stat) {
    my $missed = defined $ring->{at} ? int(($now - $ring->{at}) / STEP + 0.5) - 1 : 0;
    $missed = MOST if $missed > MOST;
    put($ring, undef, undef) for 1 .. $missed;
    my $has  = defined $stat ? counted($stat) : undef;
    my $had  = $ring->{had};
    my $both = $has && $had && !$missed;
    put($ring, map { $both ? grown($had->{$_}, $has->{$_}) : undef } qw(requests errors));
    @$ring{qw(at had)} = ($now, $has);
    return $ring;
}

sub put ($ring, $requests, $errors) {
    for my $list ([ requests => $requests ], [ errors => $errors ]) {
        push @{ $ring->{ $list->[0] } }, $list->[1];
        shift @{ $ring->{ $list->[0] } } if @{ $ring->{ $list->[0] } } > MOST;
    }
}

# After a reload HAProxy counts from 0 again.
sub grown ($before, $now) { return $now >= $before ? $now - $before : $now }

# Of all that clients asked for over HTTP.
sub counted ($stat) {
    my %all = (requests => 0, errors => 0);
    for my $row (clients($stat)) {
        next unless $row->{mode} eq 'http';
        $all{requests} += $row->{req_tot}  || 0;
        $all{errors}   += $row->{hrsp_5xx} || 0;
    }
    return \%all;
}

# What clients have open here, over HTTP and of services.
sub open_now ($stat) {
    my $open = 0;
    $open += $_->{scur} || 0 for clients($stat);
    return $open;
}

sub clients ($stat) {
    return grep { $_->{type} eq Told::FRONTEND && !Told::is_inner($_->{pxname}) }
        Stats::rows($stat, qw(pxname svname type mode scur req_tot hrsp_5xx));
}

sub json ($ring) {
    return { every_s => Json::number(STEP), map { my $list = $_; ($list => [ map { Json::number($_) } @{ $ring->{$list} } ]) } qw(requests errors) };
}

1;
