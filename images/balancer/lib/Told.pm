# Told: what a balancer tells of itself, out of what its programs have noted and what HAProxy answers: the
# content of status.json (docs/reference/status.json.md). Pure: the same facts give the same text. What is not
# known is null, and nothing else.
package Told;
use v5.36;
use Json;
use Stats;

use constant VERSION => 1;

use constant STAT => 'show stat -1 7 -1';
use constant COLUMNS => qw(pxname svname status mode type weight scur smax stot rate rate_max req_rate hrsp_2xx hrsp_3xx
    hrsp_4xx hrsp_5xx wretr eresp econ cli_abrt rtime ttime qcur act lastchg check_status check_code last_chk
    agent_status dreq dcon);

# HAProxy's number for what a row is (management guide, 9.1).
use constant { FRONTEND => 0, BACKEND => 1, SERVER => 2 };

my %number = (
    open => 'scur', requests => 'stot', new_per_second => 'rate', answers_2xx => 'hrsp_2xx', answers_3xx => 'hrsp_3xx',
    answers_4xx => 'hrsp_4xx', answers_5xx => 'hrsp_5xx', since_s => 'lastchg', answer_ms => 'rtime',
    waiting => 'qcur', weight => 'weight', tried_again => 'wretr', gave_up => 'cli_abrt', refused => 'dcon',
    requests_per_second => 'req_rate',
);

sub numbers ($row, @names) { return map { $_ => Json::number($row->{ $number{$_} }) } @names }

# What is not a client's: the health port, what answers there, and who is asked when all is lost.
sub is_inner ($name) { return $name =~ /^health$|^tandem_|^last-resort/ }

sub frontends (@rows) {
    return [ map { {
        name => $_->{pxname}, mode => $_->{mode},
        numbers($_, qw(open new_per_second requests_per_second requests answers_2xx answers_3xx answers_4xx answers_5xx refused)),
    } } grep { $_->{type} eq FRONTEND && !is_inner($_->{pxname}) } @rows ];
}

# A backend without servers only counts.
sub pools (@rows) {
    my %servers;
    push @{ $servers{ $_->{pxname} } }, server($_) for grep { $_->{type} eq SERVER } @rows;
    return [ map { {
        name => $_->{pxname}, mode => $_->{mode}, status => $_->{status}, servers => $servers{ $_->{pxname} },
        up => Json::number($_->{act}), failed => Json::number(Stats::failed(filled($_))),
        numbers($_, qw(open new_per_second requests answers_4xx answers_5xx since_s answer_ms waiting tried_again gave_up)),
    } } grep { $_->{type} eq BACKEND && $servers{ $_->{pxname} } && !is_inner($_->{pxname}) } @rows ];
}

sub server ($row) {
    my $said = $row->{last_chk} // '';
    return {
        name => $row->{svname}, status => $row->{status}, check => $row->{check_status} =~ s/^\* //r,
        check_code => Json::number($row->{check_code}), check_says => $said eq '' ? undef : $said,
        agent => ($row->{agent_status} // '') eq '' ? undef : $row->{agent_status},
        failed => Json::number(Stats::failed(filled($row))),
        numbers($row, qw(open new_per_second requests answers_4xx answers_5xx since_s answer_ms weight gave_up)),
    };
}

sub filled ($row) { return { map { $_ => ($row->{$_} // '') =~ /^\d+$/ ? $row->{$_} : 0 } qw(wretr eresp hrsp_5xx) } }

# HAProxy itself, by `show info`; nothing of it when it gave no answer.
sub haproxy ($info, $noted) {
    my %info = ($info // '') =~ /^(\w+): (.*)$/mg;
    return {
        answers => Json::truth(defined $info), down => flag($noted->{haproxy_down}),
        up_s => Json::number($info{Uptime_sec}), open => Json::number($info{CurrConns}), most => Json::number($info{Maxconn}),
        new_per_second => Json::number($info{ConnRate}), requests => Json::number($info{CumReq}),
        leaving => $info{Stopping} ? Json::truth($info{Stopping} eq '1') : undef, idle_percent => Json::number($info{Idle_pct}),
    };
}

sub flag ($noted) { return defined $noted ? Json::truth($noted ne '0') : undef }

# `http:80=ok 192.0.2.2/http:80=silent`: ours, and those of peers as we find them.
sub listeners ($noted) {
    return [ map { m{^(?:([^/]+)/)?(.*)=(\w+)$} ? { at => $1, name => $2, answers => $3 } : () } split ' ', $noted // '' ];
}

my %MONTH;
@MONTH{qw(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec)} = 1 .. 12;

# `Nov 29 13:00:00 2036 GMT`, as HAProxy has it.
sub day ($text) {
    my ($month, $day, $time, $year) = ($text // '') =~ /^(\w{3}) +(\d+) ([\d:]+) (\d{4}) GMT/ or return undef;
    return $MONTH{$month} ? sprintf '%d-%02d-%02dT%sZ', $year, $MONTH{$month}, $day, $time : undef;
}

# One of `show ssl cert FILE`.
sub certificate ($file, $said) {
    my %said = ($said // '') =~ /^([\w ]+): (.*)$/mg;
    my ($name) = $file =~ m{([^/]+)$};
    return {
        file => $name, from => day($said{notBefore}), until => day($said{notAfter}),
        names => [ map { s{^(?:DNS|IP(?: Address)?):}{}r } grep { /\S/ } split /, */, $said{'Subject Alternative Name'} // '' ],
        subject => $said{Subject}, issuer => $said{Issuer}, fingerprint => $said{'SHA1 FingerPrint'},
    };
}

sub event ($event) {
    return {
        sequence => \$event->{sequence}, boot => $event->{boot}, number => \$event->{number},
        (map { $_ => $event->{$_} } qw(time kind text)),
    };
}

# @param facts site, node, container, container_id, address, vip, more (VIPs: address, first, holds), port, peers (name and address), time, boot, interface, holds, noted (by
#   name), programs, info, stat, certificates, packages, kept
sub status ($facts) {
    my $noted = $facts->{noted};
    my @rows  = Stats::rows($facts->{stat} // '', COLUMNS);
    my ($vrrp, $since) = split ' ', $noted->{vrrp} // '';
    return {
        version => \VERSION,
        (map { $_ => $facts->{$_} } qw(site node container container_id time boot)),
        addresses => { lan => $facts->{address}, peers => [ map { { name => $_->{name}, address => $_->{address} } } @{ $facts->{peers} } ],
            health_port => Json::number($facts->{port}) },
        vrrp => { state => $vrrp, since => $since },
        vip => { address => $facts->{vip}, interface => $facts->{interface}, here => Json::truth($facts->{holds}) },
        more_vips => [ map { { address => $_->{address}, first => $_->{first}, here => Json::truth($_->{holds}) } } @{ $facts->{more} } ],
        duty => $noted->{duty},
        handover => handover($noted->{loaded_handover}),
        handed_over => handed_over($facts->{handed_over}),
        clients => { open => Json::number($facts->{clients}{open}), at => $facts->{clients}{at} },
        init => { turn_age_ms => Json::number($facts->{turn_age}), programs => $facts->{programs} },
        says => { map { $_ => flag($noted->{$_}) } qw(servers_down servers_unseen listener_down leaving maintenance) },
        haproxy => haproxy($facts->{info}, $noted),
        listeners => listeners($noted->{listeners}),
        frontends => @rows ? frontends(@rows) : undef,
        pools => @rows ? pools(@rows) : undef,
        certificates => $facts->{certificates},
        image => { packages_of => $facts->{packages} },
        events_kept => Json::truth($facts->{kept}),
    };
}

# What was open here when the VIP went elsewhere: since this program was started, the last time, and when that was.
sub handed_over ($handed) {
    return { connections => Json::number($handed->{all}), last => Json::number($handed->{last}), last_at => $handed->{at} };
}

# Whether open connections outlive a move of the VIP.
sub handover ($loaded) { return !defined $loaded ? 'off' : $loaded eq 'impossible' ? 'impossible' : 'on' }

1;
