# Metrics: what Prometheus wants to know of a balancer that HAProxy does not know: VRRP, the VIP, and why it was
# lost. Pure: the facts of Facts.pm and what was counted of events give the text (docs/reference/status.json.md).
# What is not known is left out.
package Metrics;
use v5.36;
use Time::Local qw(timegm);
use Told;

my @STATES = qw(MASTER BACKUP FAULT INIT DOWN);

# Why a master lost the VIP, by what it noted before: the first that fits the first such note. The least telling
# ones come from those that are told of another cause.
my @CAUSES = (
    order          => qr/^duty: \S+ -> (?:yield|maintenance)$/,
    stop           => qr/^running -> demoting$/,
    interface      => qr/^no interface holds/,
    listener       => qr/^clients do not reach|does not reach .* here$|^listener_down=1$/,
    haproxy_ended  => qr/^haproxy ended/,
    haproxy_hangs  => qr/^haproxy_down=1$/,
    keepalived     => qr/^keepalived (?:ended|hangs)/,
    no_servers     => qr/^servers_down=1$/,
    standstill     => qr/did not run for/,
);

sub causes () { return map { $CAUSES[ 2 * $_ ] } 0 .. $#CAUSES / 2 }

# How often the VIP was taken, and lost for which reason, and how often something stood still.
sub new () { return { taken => 0, standstills => 0, lost => { map { $_ => 0 } causes(), 'unknown' }, holds => 0, cause => undef } }

# The same, after more events.
sub counted ($count, @events) {
    my %next = (%$count, lost => { %{ $count->{lost} } });
    for my $text (map { $_->{text} } @events) {
        $next{standstills}++ if $text =~ /did not run for/;
        if ($text =~ /^VRRP (\w+)/) {
            if ($1 eq 'MASTER') { $next{taken}++ }
            elsif ($next{holds}) { $next{lost}{ $next{cause} // 'unknown' }++ }
            @next{qw(holds cause)} = ($1 eq 'MASTER', undef);
        }
        $next{cause} //= cause($text) if $next{holds};
    }
    return \%next;
}

sub cause ($text) {
    for (my $i = 0; $i < @CAUSES; $i += 2) { return $CAUSES[$i] if $text =~ $CAUSES[ $i + 1 ] }
    return undef;
}

sub text ($facts, $count) {
    my $noted = $facts->{noted};
    my ($vrrp) = split ' ', $noted->{vrrp} // '';
    my @listeners = @{ Told::listeners($noted->{listeners}) };
    return join '',
        metric(info => gauge => 'The site and the balancer.', [ { site => $facts->{site}, node => $facts->{node} }, 1 ]),
        metric(vrrp_state => gauge => '1 for the state of VRRP.', map { [ { state => $_ }, defined $vrrp ? $vrrp eq $_ ? 1 : 0 : undef ] } @STATES),
        metric(vip_held => gauge => 'Whether the VIP is on the interface.', [ {}, $facts->{holds} ]),
        metric(more_vip_held => gauge => 'Whether a further VIP is on the interface.', map { [ { address => $_->{address} }, $_->{holds} ] } @{ $facts->{more} // [] }),
        metric(vip_taken_total => counter => 'How often it became master.', [ {}, $count->{taken} ]),
        metric(vip_lost_total => counter => 'How often it was master no more, by cause.',
            map { [ { cause => $_ }, $count->{lost}{$_} ] } sort keys %{ $count->{lost} }),
        metric(connections_handed_over_total => counter => 'Connections that lived on when the VIP went elsewhere.', [ {}, $facts->{handed_over}{all} ]),
        metric(standstills_total => counter => 'How often it, or Keepalived, did not run.', [ {}, $count->{standstills} ]),
        metric(haproxy_down => gauge => 'Whether the init counts HAProxy as down.', [ {}, $noted->{haproxy_down} ]),
        metric(duty => gauge => '1 for the duty in force.', map { [ { duty => $_ }, defined $noted->{duty} ? $noted->{duty} eq $_ ? 1 : 0 : undef ] }
            qw(serve yield maintenance)),
        metric(init_turn_age_seconds => gauge => 'How long ago the loop of the init went round.',
            [ {}, defined $facts->{turn_age} ? $facts->{turn_age} / 1000 : undef ]),
        metric(program_runs => gauge => 'Whether a program runs.', map { [ { program => $_->{name} }, $_->{is} eq 'runs' ? 1 : 0 ] } @{ $facts->{programs} }),
        metric(listener_answers => gauge => 'Whether a listener answers; of a peer, as this balancer finds it.',
            map { [ { listener => $_->{name}, at => $_->{at} // '' }, $_->{answers} eq 'unknown' ? undef : $_->{answers} eq 'ok' ? 1 : 0 ] } @listeners),
        metric(certificate_end_timestamp_seconds => gauge => 'When a certificate ends.',
            map { [ { file => $_->{file} }, seconds($_->{until}) ] } @{ $facts->{certificates} // [] }),
        metric(image_packages_timestamp_seconds => gauge => 'The day of the packages in the image.', [ {}, seconds($facts->{packages}) ]),
        metric(events_kept => gauge => 'Whether events outlive a restart.', [ {}, $facts->{kept} ]);
}

# One with all of its values; nothing when none is known.
sub metric ($name, $type, $help, @values) {
    my @lines = map { "tandem_$name" . labels(%{ $_->[0] }) . " $_->[1]\n" } grep { defined $_->[1] } @values;
    return @lines ? join '', "# HELP tandem_$name $help\n# TYPE tandem_$name $type\n", @lines : '';
}

sub labels (%of) {
    return '' unless %of;
    return '{' . join(',', map { qq($_=") . (($of{$_} // '') =~ s/([\\"])/\\$1/gr) . '"' } sort keys %of) . '}';
}

# Of 2029-03-03 or 2029-03-03T12:54:16Z.
sub seconds ($text) {
    my ($year, $month, $day, @time) = ($text // '') =~ /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)Z)?$/ or return undef;
    return timegm((map { $_ // 0 } reverse @time), $day, $month - 1, $year);
}

1;
