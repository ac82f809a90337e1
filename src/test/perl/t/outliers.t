# Which web servers are taken out of rotation because they fail their clients, and when they are back.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use Haproxy;
use Outliers;
use Stats;
use Test::More;

# Servers of one backend that are asked by turns, a look each second. Each has a share of requests that
# fail, and who is out gets none.
package Farm {
    sub new ($class, %share) {
        return bless {
            share => {%share}, now => 100, state => Outliers::new(), rate => 20, log => [], down => {},
            count => { map { $_ => { tries => 0, failed => 0 } } keys %share },
        }, $class;
    }

    sub names ($self) { return sort keys %{ $self->{share} } }

    sub out ($self) { my %out = Outliers::out($self->{state}); return %out }

    sub rotation ($self) {
        my %out = $self->out;
        return grep { !$out{"web/$_"} && !$self->{down}{$_} } $self->names;
    }

    sub ask ($self, $name) {
        my $count = $self->{count}{$name};
        $count->{tries}++;
        # Evenly spread, so that the outcome does not hang on luck.
        $count->{failed} = int($count->{base} // 0) + int(($count->{tries} - ($count->{since} // 0)) * $self->{share}{$name});
    }

    sub fails ($self, $name, $share) {
        my $count = $self->{count}{$name};
        @$count{qw(base since)} = @$count{qw(failed tries)};
        $self->{share}{$name} = $share;
    }

    sub second ($self) {
        my @rotation = $self->rotation;
        for (1 .. $self->{rate}) {
            last unless @rotation;
            my $name = shift @rotation;
            $self->ask($name);
            push @rotation, $name;
        }
        $self->{now}++;
        my %out = $self->out;
        ($self->{state}, my @do) = Outliers::look($self->{state}, [ map { {
            name => "web/$_", backend => 'web', up => !$self->{down}{$_} && !$out{"web/$_"},
            %{ $self->{count}{$_} }{qw(tries failed)},
        } } $self->names ], $self->{now});
        push @{ $self->{log} }, map { [ $self->{now}, @$_ ] } @do;
        return @do;
    }

    sub out_names ($self) { my %out = $self->out; return join ' ', map { s{^web/}{}r } sort keys %out }
}

sub seconds ($farm, $seconds) { $farm->second for 1 .. $seconds; return $farm->out_names }

subtest 'one that answers 500 to all but its check is out within seconds' => sub {
    my $farm = Farm->new(a => 0, b => 1);
    seconds($farm, 4);
    is($farm->out_names, 'b');
    my (undef, $what, $name, $why) = @{ $farm->{log}[0] };
    is("$what $name", 'out web/b');
    like($why, qr/^\d+ of its \d+ requests failed; 0 of \d+ at better ones; out for 10 s$/);
    cmp_ok($farm->{count}{b}{failed}, '<=', 40, 'after few requests');
};

subtest 'one that cuts a third of its answers is out' => sub { is(seconds(Farm->new(a => 0, b => 0.33), 10), 'b') };

subtest 'one that fails as its peers do stays' => sub {
    is(seconds(Farm->new(a => 0.4, b => 0.5), 60), '', 'both are bad');
    is(seconds(Farm->new(a => 1, b => 1), 60), '', 'both are dead');
    is(seconds(Farm->new(a => 0, b => 0.04), 60), '', 'now and then');
};

# By HAProxy's counters: an attempt counts when it begins (stot), a client that gives up when it does (cli_abrt).
package Counted {
    sub new ($class, $patience) {
        return bless {
            state => Outliers::new(), now => 100, log => [], patience => $patience, waiting => [],
            row => { map { $_ => { map { $_ => 0 } qw(stot cli_abrt wretr eresp hrsp_4xx hrsp_5xx) } } qw(a b) },
        }, $class;
    }

    # Twenty requests, by turns. One that is blocked answers no check either, and is out after a second; when it
    # is no longer, who waits is answered.
    sub second ($self, $blocked = 0, $as = undef) {
        my %row = %{ $self->{row} };
        for my $turn (1 .. 20) {
            my $name = $turn % 2 || $blocked > 1 ? 'a' : 'b';
            $row{$name}{stot}++;
            $row{b}{$as}++ if $as && $name eq 'b';
            push @{ $self->{waiting} }, $self->{now} + $self->{patience} if $blocked && $name eq 'b';
        }
        $self->{waiting} = [] if !$blocked;
        $row{b}{cli_abrt} += grep { $_ <= $self->{now} } @{ $self->{waiting} };
        $self->{waiting} = [ grep { $_ > $self->{now} } @{ $self->{waiting} } ];
        my @rows = map { {
            pxname => 'web', svname => $_, agent_status => 'L7OK', %{ $row{$_} },
            status => $_ eq 'b' && $blocked > 1 ? 'DOWN' : 'UP',
        } } sort keys %row;
        ($self->{state}, my @do) = Outliers::look($self->{state}, [ Outliers::counted(@rows) ], ++$self->{now});
        push @{ $self->{log} }, map { "@$_[0, 1]" } @do;
    }
}

# As in the drill web-busy: the whole program does nothing. Clients that give up meanwhile are those that it had when
# its check took it out, and no reason to take it out once more when it is back.
subtest 'one that was busy for some seconds, so that clients gave up, is not taken out' => sub {
    for ([ 3, 1 ], [ 3, 2 ], [ 10, 1 ], [ 10, 2 ], [ 10, 5 ], [ 10, 9 ]) {
        my ($seconds, $patience) = @$_;
        my $farm = Counted->new($patience);
        $farm->second for 1 .. 15;
        $farm->second($_) for 1 .. $seconds;
        cmp_ok($farm->{row}{b}{cli_abrt}, '>=', Outliers::LEAST, "$seconds s: clients gave up after $patience s");
        $farm->second for 1 .. 60;
        is_deeply($farm->{log}, [], 'it stays');
    }
};

subtest 'one that is silent to clients and answers its check is taken out' => sub {
    my $farm = Counted->new(2);
    $farm->second for 1 .. 15;
    $farm->second(1) for 1 .. 8;
    is($farm->{log}[0], 'out web/b');
};

subtest 'answers 4xx are answers: nothing is taken out, however many' => sub {
    my $farm = Counted->new(1);
    $farm->second for 1 .. 15;
    $farm->second(0, 'hrsp_4xx') for 1 .. 60;
    is($farm->{row}{b}{hrsp_4xx}, 600);
    is_deeply($farm->{log}, []);
    $farm->second(0, 'hrsp_5xx') for 1 .. 10;
    is_deeply($farm->{log}, ['out web/b'], 'unlike 5xx');
};

subtest 'one that nobody can be compared with stays' => sub {
    is(seconds(Farm->new(a => 1), 60), '', 'one alone');
    my $farm = Farm->new(a => 0, b => 1);
    $farm->{down}{a} = 1;
    is(seconds($farm, 60), '', 'the last one');
    my $quiet = Farm->new(a => 0, b => 1);
    $quiet->{rate} = 1;
    is(seconds($quiet, 60), '', 'too few requests to tell');
};

subtest 'no more than half are out' => sub {
    my $farm = Farm->new(a => 0, b => 1, c => 1, d => 1);
    my $most = 0;
    for (1 .. 100) {
        $farm->second;
        my $out = () = $farm->out;
        $most = $out / 2 if $out / 2 > $most;
    }
    is($most, 2);
};

subtest 'it is back at once when no other one is left' => sub {
    my $farm = Farm->new(a => 0, b => 1);
    seconds($farm, 4);
    is($farm->out_names, 'b');
    $farm->{down}{a} = 1;
    is(seconds($farm, 1), '');
    is(seconds($farm, 60), '', 'and stays');
    $farm->{down}{a} = 0;
    is(seconds($farm, 5), 'b', 'until there is another one');
};

subtest 'it is back when it is good, and longer out each time when it is not' => sub {
    my $farm = Farm->new(a => 0, b => 1);
    $farm->{rate} = 40;
    seconds($farm, 200);
    my @out = map { $_->[3] =~ /out for (\d+) s/ } grep { $_->[1] eq 'out' } @{ $farm->{log} };
    is("@out[0 .. 3]", '10 20 40 80', 'out');
    my ($back) = grep { $_->[1] eq 'back' } @{ $farm->{log} };
    my ($again) = grep { $_->[1] eq 'out' && $_->[0] > $back->[0] } @{ $farm->{log} };
    cmp_ok($again->[0] - $back->[0], '<=', 2, 'a bad trial ends soon');

    $farm->fails(b => 0);
    seconds($farm, 400);
    is($farm->out_names, '', 'it is cured');
    my $times = grep { $_->[1] eq 'out' } @{ $farm->{log} };
    seconds($farm, Outliers::FORGIVEN);
    $farm->fails(b => 1);
    seconds($farm, 10);
    is((grep { $_->[1] eq 'out' } @{ $farm->{log} }) - $times, 1, 'and out once more');
    like($farm->{log}[-1][3], qr/out for 10 s/, 'as for the first time');
};

subtest 'a new worker counts from 0' => sub {
    my $farm = Farm->new(a => 0, b => 0.5);
    $farm->{rate} = 8;
    seconds($farm, 3);
    for my $count (values %{ $farm->{count} }) { %$count = (tries => 0, failed => 0) }
    $farm->fails(b => 0);
    is(seconds($farm, 60), '', 'what an old one counted is no evidence');
};

subtest 'one that is no longer in the site is forgotten' => sub {
    my $farm = Farm->new(a => 0, b => 1, c => 0);
    seconds($farm, 6);
    is($farm->out_names, 'b');
    delete $farm->{share}{b};
    seconds($farm, 1);
    is($farm->out_names, '');
};

subtest 'whatever happens: the last one stays, and no more than half are out' => sub {
    my $seed = $ENV{TANDEM_SEED} // 1;
    for my $history ($seed .. $seed + 40) {
        srand $history;
        my $farm = Farm->new(map { $_ => rand() < 0.5 ? 0 : rand } ('a' .. 'f')[ 0 .. 1 + int rand 5 ]);
        my $n = () = $farm->names;
        for my $second (1 .. 120) {
            $farm->second;
            my $name = ($farm->names)[ int rand $n ];
            $farm->fails($name, rand() < 0.5 ? 0 : rand) if rand() < 0.05;
            $farm->{down}{$name} = !$farm->{down}{$name} if rand() < 0.03;
            my %out = $farm->out;
            next if keys(%out) * 2 <= $n;
            fail("history $history, second $second: out are " . join ' ', sort keys %out);
            return;
        }
    }
    pass('all histories');
};

# As HAProxy 3.0 counted ten requests each, without columns that are not read.
subtest 'what has failed is in four of HAProxy\'s columns' => sub {
    my %cases = (
        'GETs answered 500, tried again elsewhere'  => [ '8,0,8,0,0',  8 ],
        'POSTs answered 500'                        => [ '5,0,0,5,0',  5 ],
        'answers that were cut'                     => [ '5,5,0,0,0',  5 ],
        'headers, then silence; the clients gave up' => [ '5,0,0,0,5',  5 ],
        'GETs closed without an answer, counted twice' => [ '7,7,7,0,0', 7 ],
        'good ones'                                 => [ '10,0,0,0,0', 0 ],
    );
    for my $what (sort keys %cases) {
        my ($counts, $failed) = @{ $cases{$what} };
        my ($server) = Outliers::counted(Stats::rows(
            "# pxname,svname,status,stot,eresp,wretr,hrsp_5xx,cli_abrt,agent_status\nweb,web-a,UP,$counts,L7OK\n"));
        is($server->{failed}, $failed, $what);
    }
    is_deeply([ Outliers::counted(Stats::rows("# pxname,svname,status,agent_status\nlast-resort,web-a,no check,\n")) ],
        [], 'no agent is asked about the last resort');
};

subtest 'a reason with a comma in it does not move the columns' => sub {
    my ($row) = Stats::rows(qq{# pxname,svname,last_agt,addr\nweb,web-a,"down (1, ""2"")",192.0.2.1:80\n});
    is_deeply([ @$row{qw(last_agt addr)} ], [ 'down (1, "2")', '192.0.2.1:80' ]);
};

subtest 'an agent that was not asked yet leaves nothing undecided' => sub {
    my %server = (status => 'UP', check_status => 'L7OK', agent_status => 'INI');
    ok(!Haproxy::is_undecided(\%server));
    ok(Haproxy::is_undecided({ %server, check_status => 'INI' }), 'a check that was not made yet does');
    ok(Haproxy::is_undecided({ %server, status => 'UP 1/2' }));
};

# With a sort for each of them it took half a minute.
subtest 'a thousand that fail in part are judged in time' => sub {
    my ($state, @do) = (Outliers::new());
    my $began = time;
    for my $second (1 .. 8) {
        my @servers = map { {
            name => "web/$_", backend => 'web', up => 1, tries => 40 * $second, failed => ($_ == 7 ? 30 : $_ % 3 + 4) * $second,
        } } 1 .. 1000;
        ($state, my @now) = Outliers::look($state, \@servers, $second);
        push @do, @now;
    }
    is_deeply([ map { "@$_[0, 1]" } @do ], ['out web/7']);
    cmp_ok(time - $began, '<', 10);
};

done_testing;
