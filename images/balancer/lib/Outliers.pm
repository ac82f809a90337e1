# Outliers: web servers that pass their checks and fail their clients: 500 for all but the check, bodies
# that end too early, answers that never end. What gives one away is the comparison with its peers. Pure:
# a state, HAProxy's counters and the time give the next state and actions. The program
# images/balancer/outliers asks and acts.
#
#   my ($next, @actions) = Outliers::look($state, \@servers, $now);
#
# A server, as HAProxy counts since its start:
#   { name => 'web/web-a', backend => 'web', up => 1, tries => 812, failed => 9 }
#
# Actions
#   out  NAME WHY      takes it out of rotation; what it has under way goes on
#   back NAME WHY      gives it requests again, on trial
#
# What always holds:
#   - one alone is never judged, and the last one never leaves: there must be peers that do better
#   - no more than half of the servers of a backend are out
#   - when no other one is in rotation any more, those that are out come back at once
#   - when all of them fail, none stands out, and nothing happens
package Outliers;
use v5.36;
use List::Util qw(max min);
use Stats;

use constant {
    WINDOW   => 10,     # seconds that are looked at
    ENOUGH   => 20,     # requests in that time, of a server and of its peers together: fewer say little
    LEAST    => 5,      # failed ones
    SHARE    => 0.1,    # of its requests
    TIMES    => 3,      # as many as at its peers, and
    CHANCE   => 4,      # more by so many standard deviations: luck does not explain it
    TRIAL    => 10,     # requests of one that is back: ended sooner when LEAST of them failed
    PAUSE    => 10,     # seconds out, the first time; twice as long each time after that
    LONGEST  => 300,    # but no longer than this
    FORGIVEN => 300,    # seconds of good service after which the next time counts as the first
};

sub new () { return { seen => {}, out => {}, past => {} } }

use constant COLUMNS => qw(pxname svname status stot wretr eresp hrsp_4xx hrsp_5xx cli_abrt agent_status mode);

# Servers out of the rows of `show stat`: those that HAProxy asks an agent about. Clients that give up waiting
# count, too: impatient ones are spread over all servers alike.
sub counted (@rows) {
    return map { {
        name    => "$_->{pxname}/$_->{svname}",
        backend => $_->{pxname},
        up      => $_->{status} =~ /^UP/ ? 1 : 0,
        tries   => $_->{stot},
        failed  => Stats::failed($_) + $_->{cli_abrt},
    } } grep { ($_->{agent_status} // '') ne '' } @rows;
}

# @param servers all of a moment, with names that do not repeat
sub look ($state, $servers, $now) {
    my $s = { seen => remember($state->{seen}, $servers, $now), out => { %{ $state->{out} } }, past => { %{ $state->{past} } } };
    my @do;
    my %now = map { $_->{name} => $_ } @$servers;
    for my $name (grep { !$now{$_} } keys %{ $s->{out} }) { delete $s->{out}{$name} }    # no longer in the site
    push @do, come_back($s, $now{$_}, $now, 'its time out is over') for grep { $s->{out}{$_}{until} <= $now } sort keys %{ $s->{out} };
    my %backends;
    push @{ $backends{ $_->{backend} } }, $_ for @$servers;
    push @do, judge($s, $backends{$_}, $now) for sort keys %backends;
    return ($s, @do);
}

# Who is out by our doing, and until when.
sub out ($state) { return map { $_ => $state->{out}{$_}{until} } keys %{ $state->{out} } }

# ------------------------------------------------------------------------------------- samples

# The counters of the last WINDOW seconds, and one sample from before them to compare with. Counters that
# have become smaller belong to a new worker, which counts from 0. What clients gave up while a check had a
# server out has been dealt with: who is in rotation again begins at 0.
sub remember ($seen, $servers, $now) {
    my %next;
    for my $server (@$servers) {
        my @samples = @{ $seen->{ $server->{name} } // [] };
        @samples = () if @samples && ($server->{tries} < $samples[-1]{tries} || $server->{failed} < $samples[-1]{failed});
        @samples = () if !$server->{up} || @samples && !$samples[-1]{up};
        push @samples, { at => $now, %$server{qw(tries failed up)} };
        shift @samples while @samples > 1 && $samples[1]{at} <= $now - WINDOW;
        $next{ $server->{name} } = \@samples;
    }
    return \%next;
}

# Requests and failures of a server in that time.
sub recent ($s, $name) {
    my @samples = @{ $s->{seen}{$name} };
    my $tries   = $samples[-1]{tries} - $samples[0]{tries};
    return ($tries, min($tries, $samples[-1]{failed} - $samples[0]{failed}));
}

# From now on: what was before is no evidence of what comes.
sub afresh ($s, $name) { $s->{seen} = { %{ $s->{seen} }, $name => [ $s->{seen}{$name}[-1] ] } }

# ------------------------------------------------------------------------------------ judgement

# One at a time, the worst first: with it gone, the others may look different.
sub judge ($s, $servers, $now) {
    my @serving = grep { $_->{up} && !$s->{out}{ $_->{name} } } @$servers;
    forgive($s, $_->{name}, $now) for @serving;
    my @out = grep { $s->{out}{ $_->{name} } } @$servers;
    return map { come_back($s, $_, $now, 'no other one is left') } @out if !@serving;
    return if @serving < 2 || (@out + 1) * 2 > @serving + @out;
    my $ranking = ranking($s, @serving);
    my @bad     = grep { stands_out($s, $_, $ranking, $now) } @serving;
    my ($worst) = sort { share($s, $b->{name}) <=> share($s, $a->{name}) || $a->{name} cmp $b->{name} } @bad;
    return $worst ? take_out($s, $worst, $ranking, $now) : ();
}

sub share ($s, $name) {
    my ($tries, $failed) = recent($s, $name);
    return $tries ? $failed / $tries : 0;
}

sub stands_out ($s, $server, $ranking, $now) {
    my ($tries, $failed) = recent($s, $server->{name});
    my $enough = on_trial($s, $server->{name}, $now) ? TRIAL : ENOUGH;
    return 0 if $failed < LEAST || $tries < $enough || $failed < SHARE * $tries;
    my ($others, $theirs) = peers($s, $server, $ranking);
    return 0 if $others < ENOUGH;
    my $usual = $theirs / $others;
    my $luck  = sqrt($tries * $usual * (1 - $usual));    # of a binomial distribution
    return $failed >= TIMES * $usual * $tries && $failed >= $usual * $tries + CHANCE * $luck;
}

# All in rotation, the best first: the place of each, and how many requests and failures those before a
# place have together.
sub ranking ($s, @serving) {
    my %share = map { $_->{name} => share($s, $_->{name}) } @serving;
    my @names = sort { $share{$a} <=> $share{$b} || $a cmp $b } keys %share;
    my %place;
    @place{@names} = 0 .. $#names;
    my @before = ([ 0, 0 ]);
    for my $name (@names) {
        my ($tries, $failed) = recent($s, $name);
        push @before, [ $before[-1][0] + $tries, $before[-1][1] + $failed ];
    }
    return { place => \%place, before => \@before };
}

# Requests and failures at the better half of the others together: several may be bad at once.
sub peers ($s, $server, $ranking) {
    my $half = max(1, int((keys(%{ $ranking->{place} }) - 1) / 2));
    return @{ $ranking->{before}[$half] } if $ranking->{place}{ $server->{name} } >= $half;
    my ($tries, $failed) = recent($s, $server->{name});
    return ($ranking->{before}[ $half + 1 ][0] - $tries, $ranking->{before}[ $half + 1 ][1] - $failed);
}

# ------------------------------------------------------------------------------- out, and back

sub take_out ($s, $server, $ranking, $now) {
    my $name = $server->{name};
    my ($tries, $failed) = recent($s, $name);
    my ($others, $theirs) = peers($s, $server, $ranking);
    my $times = ($s->{past}{$name}{times} // 0) + 1;
    my $pause = min(LONGEST, PAUSE * 2**min($times - 1, 10));
    $s->{out}{$name}  = { until => $now + $pause };
    $s->{past}{$name} = { times => $times, back => undef };
    return [ out => $name, "$failed of its $tries requests failed; $theirs of $others at better ones; out for $pause s" ];
}

# How it did is seen from the requests that it gets: the first ones decide.
sub come_back ($s, $server, $now, $why) {
    my $name = $server->{name};
    delete $s->{out}{$name};
    $s->{past}{$name} = { %{ $s->{past}{$name} }, back => $now };
    afresh($s, $name);
    return [ back => $name, "$why: its next requests decide" ];
}

sub on_trial ($s, $name, $now) {
    my $back = $s->{past}{$name}{back};
    return defined $back && $now - $back < WINDOW;
}

sub forgive ($s, $name, $now) {
    my $back = $s->{past}{$name}{back} // return;
    delete $s->{past}{$name} if $now - $back >= FORGIVEN;
}

1;
