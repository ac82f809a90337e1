# The loop of the init goes on, whatever hangs or cannot be written. Programs that stand in for HAProxy and
# Keepalived say what theirs would say; what the real ones do is for the tests on containers.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use File::Temp qw(tempdir);
use IO::Socket::INET;
use POSIX qw(:sys_wait_h);
use Run;
use Test::More;

alarm 150;    # whatever goes wrong, this ends

# An init that runs in a place of its own.
package Running {
    my @all;

    sub start ($class, %given) {
        my $place = File::Temp::tempdir(CLEANUP => 1);
        mkdir "$place/$_" for qw(run haproxy bin);
        my $self = bless { place => $place, port => free_port(), http => free_port() }, $class;
        $self->program(haproxy => haproxy());
        $self->program(keepalived => keepalived());
        $self->program($_ => $given{programs}{$_}) for keys %{ $given{programs} // {} };
        $given{before}->($self) if $given{before};
        $self->launch($given{gateway} // '');
        push @all, $self;
        return $self;
    }

    sub launch ($self, $gateway) {
        my $place = $self->{place};
        $self->{pid} = fork // die "fork: $!\n";
        return if $self->{pid} != 0;
        setpgrp 0, 0;
        open STDERR, '>', "$place/log" or die;
        open STDOUT, '>&', \*STDERR or die;
        %ENV = (
            %ENV, PATH => "$place/bin:$ENV{PATH}", TANDEM_TEST_PLACE => $place, TANDEM_VIP => '203.0.113.77',
            TANDEM_LAN_ADDRESS => '127.0.0.1', TANDEM_LAN_GATEWAY => $gateway, TANDEM_PEERS => 1,
            TANDEM_HEALTH_PORT => $self->{port}, TANDEM_HANDOVER => 'off', TEST_PORT => $self->{port},
            TEST_HTTP_PORT => $self->{http},
        );
        exec { $^X } $^X, "-I$Home::IMAGE/lib", "-I$Home::TESTS/lib", '-MPlace', "$Home::IMAGE/init"
            or POSIX::_exit(127);
    }

    # A port that nobody has at this moment.
    sub free_port () {
        my $socket = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1', LocalPort => 0) or die "socket: $!\n";
        return $socket->sockport;
    }

    sub program ($self, $name, $text) {
        open my $file, '>', "$self->{place}/bin/$name" or die;
        print $file $text;
        close $file;
        chmod 0755, "$self->{place}/bin/$name";
    }

    # Answers on the health port and on the admin socket.
    sub haproxy () {
        return <<~"END";
            #!$^X
            use v5.36; alarm 120; use IO::Socket::INET; use IO::Socket::UNIX;
            my \$admin = "\$ENV{TANDEM_TEST_PLACE}/haproxy/admin.sock";
            unlink \$admin;
            my \$socket = IO::Socket::UNIX->new(Local => \$admin, Listen => 5) or die;
            if (fork == 0) {
                alarm 120;
                my \$http = IO::Socket::INET->new(LocalAddr => '0.0.0.0', LocalPort => \$ENV{TEST_HTTP_PORT}, Listen => 5, ReuseAddr => 1) or die;
                while (my \$c = \$http->accept) { sysread \$c, my \$q, 999; syswrite \$c, "hello" }
            }
            if (fork) {
                alarm 120;
                my \$port = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => \$ENV{TEST_PORT}, Listen => 5, ReuseAddr => 1) or die;
                while (my \$c = \$port->accept) { sysread \$c, my \$q, 999; syswrite \$c, "HTTP/1.0 200 OK\\r\\n\\r\\n" }
            }
            while (my \$c = \$socket->accept) {
                sysread \$c, my \$q, 999;
                syswrite \$c, "# pxname,svname,status,addr,check_status\\nweb,web-a,DOWN,192.0.2.1:80,L4TOUT\\nweb,web-b,UP,192.0.2.2:80,L7OK\\n";
            }
            END
    }

    # Takes part, and changes its pulse.
    sub keepalived () {
        return <<~"END";
            #!$^X
            use v5.36; alarm 120;
            use Fcntl; use POSIX;
            my \$path = "\$ENV{TANDEM_TEST_PLACE}/run/vrrp.fifo";
            mkfifo(\$path, 0600);    # as Keepalived does
            sysopen my \$fifo, \$path, O_RDWR or die;
            syswrite \$fifo, qq(INSTANCE "vip" BACKUP 1\\n);
            select undef, undef, undef, 0.02 while 1;
            END
    }

    sub says ($self, $name) {
        open my $file, '<', "$self->{place}/run/$name" or return '';
        chomp(my $line = <$file> // '');
        return $line;
    }

    sub log_text ($self) { return -e "$self->{place}/log" ? Home::text("$self->{place}/log") : '' }

    sub duty ($self, $word) {
        open my $file, '>', "$self->{place}/duty.new" or die;
        print $file "$word\n";
        close $file;
        rename "$self->{place}/duty.new", "$self->{place}/duty";
    }

    sub runs ($self) { return !$self->{ended} && waitpid($self->{pid}, POSIX::WNOHANG) == 0 }

    # Whether it reacts to what it is told: then its loop goes round.
    sub reacts ($self) {
        my $word = $self->says('duty') eq 'yield' ? 'serve' : 'yield';
        $self->duty($word);
        return Home::await(sub { $self->says('duty') eq $word });
    }

    sub stop ($self) {
        return if $self->{ended}++;
        local $?;    # waitpid sets it, and at the end it is this test's exit
        for my $name (qw(haproxy keepalived)) {
            my $pid = $self->says("$name.pid");
            kill 'KILL', -$pid if $pid;
        }
        kill 'KILL', -$self->{pid};
        waitpid $self->{pid}, 0;
    }

    END { $_->stop for @all }
}

# From here on END must not run in a child.
my $hang = "#!/bin/sh\necho \$\$ >>\"\$TANDEM_TEST_PLACE/hung\"\nexec sleep 60\n";

# The processes that hang, or have hung.
sub hung ($init) { return -e "$init->{place}/hung" ? split /\n/, Home::text("$init->{place}/hung") : () }

subtest 'it starts, takes part, and obeys' => sub {
    my $init = Running->start;
    ok(Home::await(sub { $init->says('vrrp') =~ /^BACKUP / }), 'Keepalived takes part') or diag($init->log_text);
    is($init->says('haproxy_down'), 0);
    is($init->says('servers_down'), 0);
    ok($init->reacts, 'it obeys a duty');
    is($init->says('leaving'), 1);
    $init->stop;
};

subtest 'it says that its loop goes round' => sub {
    my $init = Running->start;
    my $age = sub () { my ($turn) = $init->says('turn') =~ /([\d.]+)/ or return 99; return Run::uptime() - $turn };
    ok(Home::await(sub { $init->says('vrrp') =~ /^BACKUP / && $age->() < 0.5 })) or diag($init->log_text);
    my $length = length $init->says('turn');
    kill 'STOP', $init->{pid};
    ok(Home::await(sub { $age->() > 1.1 }), 'and one that is stopped does not');
    kill 'CONT', $init->{pid};
    ok(Home::await(sub { $age->() < 0.5 }), 'until it goes on');
    is(length $init->says('turn'), $length, 'a text of one length');
    $init->stop;
};

subtest 'it asks its listeners, and those of its peers' => sub {
    my $init = Running->start(before => sub ($self) {
        for my $file ([ 'haproxy.cfg', "frontend http\n    bind *:$self->{http}\nfrontend other\n    bind *:1\n" ],
            [ 'keepalived.conf', "unicast_peer {\n    127.0.0.2   # b\n}\n" ]) {
            open my $out, '>', "$self->{place}/$file->[0]" or die;
            print $out $file->[1];
        }
    });
    ok(Home::await(sub { $init->says('listeners') =~ /ok/ }), 'it hears') or diag($init->log_text);
    my $http = "http:$init->{http}";
    my $wanted = "127.0.0.2/$http=ok 127.0.0.2/other:1=silent $http=ok other:1=silent";
    ok(Home::await(sub { $init->says('listeners') eq $wanted }), 'and notes what is silent') or diag($init->says('listeners'));
    is($init->says('listener_down'), 0, 'dead on both');
    is($init->says('haproxy_down'), 0);
    $init->stop;
};

subtest 'a command that hangs does not stop the loop, and is ended' => sub {
    my $init = Running->start(programs => { ss => $hang });
    ok(Home::await(sub { $init->says('vrrp') =~ /^BACKUP / }), 'it runs') or diag($init->log_text);
    socket(my $haproxy, Socket::AF_UNIX(), Socket::SOCK_DGRAM(), 0);
    send $haproxy, '<1>Server web/web-a is DOWN, reason: Layer4 timeout', 0,
        Socket::sockaddr_un("$init->{place}/run/haproxy-says") or die "send: $!\n";
    ok(Home::await(sub { hung($init) }), 'the connections of a silent web server are to be ended');
    ok($init->reacts, 'the loop goes on');
    my ($pid) = hung($init);
    ok(Home::await(sub { !kill 0, $pid }), 'the command that hangs is ended');
    ok($init->reacts && $init->runs);
    $init->stop;
};

subtest 'a command that hangs at the start holds it up for its limit, and no longer' => sub {
    my $init = Running->start(programs => { ip => $hang }, gateway => '127.0.0.254');
    ok(Home::await(sub { $init->says('vrrp') =~ /^BACKUP / }, 20), 'it takes part all the same') or diag($init->log_text);
    is(hung($init), 1);
    $init->stop;
};

subtest 'HAProxy whose admin socket takes nobody holds nothing up' => sub {
    my $deaf = Running::haproxy() =~ s/while \(my \$c = \$socket->accept\)/sleep 1 while 1; while (my \$c = 0)/r;
    my $init = Running->start(programs => { haproxy => $deaf });
    ok(Home::await(sub { $init->says('haproxy_down') eq '0' }, 20), 'it serves after SETTLE seconds') or diag($init->log_text);
    ok($init->reacts && $init->runs);
    $init->stop;
};

subtest 'files that cannot be written do not end it, and are written when they can be' => sub {
    my @broken = qw(haproxy_down servers_down leaving maintenance);
    my $init = Running->start(before => sub ($self) {
        symlink '/dev/full', "$self->{place}/run/$_" or die for @broken;    # a disk without room
        mkdir "$self->{place}/run/$_" or die for qw(duty lan.conf haproxy.pid servers.state);
    });
    ok(Home::await(sub { $init->log_text =~ /keepalived started/ }), 'it starts all the same') or diag($init->log_text);
    like($init->log_text, qr/haproxy_down: No space left on device/);
    ok($init->runs);
    unlink map { "$init->{place}/run/$_" } @broken;
    rmdir "$init->{place}/run/$_" for qw(duty lan.conf haproxy.pid servers.state);
    ok(Home::await(sub { $init->says('haproxy_down') eq '0' }), 'what it knows is written') or diag($init->log_text);
    ok(Home::await(sub { $init->says('lan.conf') eq '$LAN=lo' && $init->says('haproxy.pid') =~ /^[1-9]/ }));
    ok($init->reacts && $init->runs);
    $init->stop;
};

subtest 'a directory that is not there does not end it' => sub {
    my $init = Running->start(before => sub ($self) { rmdir "$self->{place}/run"; symlink '/proc/none', "$self->{place}/run" });
    ok(Home::await(sub { $init->log_text =~ /haproxy started/ }), 'HAProxy serves') or diag($init->log_text);
    ok(Home::await(sub { $init->log_text =~ /tries again: .*vrrp\.fifo/ }) && $init->runs, 'it goes on');
    unlink "$init->{place}/run";
    mkdir "$init->{place}/run";
    ok(Home::await(sub { $init->says('haproxy_down') eq '0' }), 'what it knows is written');
    ok(Home::await(sub { $init->says('vrrp') =~ /^BACKUP / }, 20), 'and Keepalived is heard') or diag($init->log_text);
    $init->stop;
};

subtest 'HAProxy that dies is started again; a stop ends all' => sub {
    my $init = Running->start;
    ok(Home::await(sub { $init->says('vrrp') =~ /^BACKUP / })) or diag($init->log_text);
    my $first = $init->says('haproxy.pid');
    kill 'KILL', -$first;
    ok(Home::await(sub { $init->says('haproxy.pid') =~ /^\d+$/ && $init->says('haproxy.pid') != $first }), 'another process');
    ok(Home::await(sub { $init->says('haproxy_down') eq '0' }), 'it serves again');
    kill 'TERM', $init->{pid};
    ok(Home::await(sub { !$init->runs }), 'it has left') or diag($init->log_text);
    like($init->log_text, qr/running -> demoting.*demoting -> draining.*lingering -> ending.*left/s);
    is($?, 0, 'as it should');
};

done_testing;
