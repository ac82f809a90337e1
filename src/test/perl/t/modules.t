# What the init waits for has a limit, and a file that cannot be written is written later.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use Arp;
use Beacon;
use ClusterSecret;
use Capacity;
use Command;
use File::Temp qw(tempdir tempfile);
use Haproxy;
use Lan;
use Link;
use Listeners;
use Loaded;
use Notes;
use Programs;
use Question;
use Redirects;
use Run;
use Servers;
use Socket;
use Test::More;
use Vrrp;
use Who;
use Wire;

my $place = tempdir(CLEANUP => 1);
$Run::DIR = $Haproxy::SOCKETS = $place;

# How long it took, and what came of it.
sub timed ($what) {
    my $began = Run::now();
    my $result = $what->();
    return (Run::now() - $began, $result);
}

# A socket that listens as HAProxy's does, with a backlog of $backlog.
sub listening ($name, $backlog) {
    socket(my $socket, AF_UNIX, SOCK_STREAM, 0) or die "socket: $!\n";
    unlink "$place/$name.sock";
    bind($socket, sockaddr_un("$place/$name.sock")) or die "bind: $!\n";
    listen $socket, $backlog or die "listen: $!\n";
    return $socket;
}

# Serves one question in a process of its own.
sub answering ($socket, $serve) {
    my $pid = fork // die "fork: $!\n";
    return $pid if $pid != 0;
    accept my $client, $socket or POSIX::_exit(1);
    $serve->($client);
    POSIX::_exit(0);
}

subtest 'a program that a signal has stopped is told from one that runs, and from one that is gone' => sub {
    my $pid = Programs::start(qw(sleep 60));
    my $is = sub ($word) { return Run::await(5, sub { Programs::standing($pid) eq $word }) };
    ok($is->('runs'));
    kill STOP => $pid;
    ok($is->('stopped'));
    kill CONT => $pid;
    ok($is->('runs'));
    kill KILL => $pid;
    ok($is->('gone'), 'also before it is buried');
    waitpid $pid, 0;
    is(Programs::standing($pid), 'gone');
};

subtest 'a program may have any name: what it does is read all the same, and when it rested' => sub {
    my $pid = Programs::start($^X, '-e', '$0 = "x) R 7 7 (y"; select undef, undef, undef, 0.01 while 1');
    my $rests = sub () { return map { $_->{state} eq 'S' ? $_->{rests} : () } Programs::threads($pid) };
    ok(Run::await(5, sub { Programs::content("/proc/$pid/stat") =~ /^\d+ \(x\) R 7 7 \(/ }), 'it has that name');
    my $first;
    ok(Run::await(5, sub { ($first) = $rests->(); $first }), 'it sleeps, and has rested before');
    ok(Run::await(5, sub { (($rests->())[0] // 0) > $first }), 'and once more');
    kill KILL => $pid;
    waitpid $pid, 0;
};

subtest 'a full backlog holds a question up for its time, and no longer' => sub {
    my $full = listening('admin', 0);
    my @waiting;
    while (1) {    # until the kernel takes no more
        socket(my $client, AF_UNIX, SOCK_STREAM, 0);
        $client->blocking(0);
        last unless connect $client, sockaddr_un("$place/admin.sock");
        push @waiting, $client;
        die "the backlog is never full\n" if @waiting > 1000;
    }
    ok(@waiting > 0, 'the backlog is full: ' . @waiting);
    my ($took, $answer) = timed(sub { Haproxy::talk('show info', 0.3) });
    is($answer, undef, 'no answer');
    cmp_ok($took, '>=', 0.25);
    cmp_ok($took, '<', 5, 'and it came back');
};

subtest 'an answer that drips in is none when its time is over' => sub {
    my $socket = listening('admin', 5);
    my $pid = answering($socket, sub ($client) {
        for (1 .. 100) { last unless defined syswrite $client, '.'; select undef, undef, undef, 0.1 }
    });
    my ($took, $answer) = timed(sub { Haproxy::talk('show info', 0.5) });
    is($answer, undef);
    cmp_ok($took, '<', 5);
    kill 'KILL', $pid;
    waitpid $pid, 0;
};

subtest 'a whole answer is one' => sub {
    my $socket = listening('admin', 5);
    my $pid = answering($socket, sub ($client) { sysread $client, my $asked, 100; syswrite $client, "you said: $asked" });
    is(Haproxy::talk('show info', 5), "you said: show info\n");
    waitpid $pid, 0;
    is(Haproxy::talk('show info', 5), undef, 'and nobody who listens is none');
};

subtest 'a command that hangs is ended when its time is over, with what it has started' => sub {
    my ($took, $status) = timed(sub { (Command::run(0.3, 'sh', '-c', "sleep 61 & sleep 62"))[0] });
    is($status, undef);
    cmp_ok($took, '<', 5);
    ok(Home::await(sub { !sleeping('61') && !sleeping('62') }), 'nothing of it is left');
    ($took) = timed(sub { Command::run(0.3, 'sh', '-c', 'exec >/dev/null 2>&1; sleep 63') });
    cmp_ok($took, '<', 5, 'one that has closed its streams as well');
};

# Whether somebody sleeps for so long. Processes may end while they are looked at.
sub sleeping ($seconds) {
    return grep { (eval { Home::text($_) } // '') eq "sleep\0$seconds\0" } glob '/proc/[0-9]*/cmdline';
}

subtest 'what a command says, and how it ends' => sub {
    is_deeply([ Command::run(5, 'sh', '-c', 'echo out; echo err >&2; exit 3') ], [ 3 << 8, "out\nerr\n" ]);
    my ($status, $said) = Command::run(5, '/no/such/program');
    is($status, 127 << 8);
    like($said, qr/no such/i);
};

subtest 'a command that nobody waits for is ended when its time is over' => sub {
    my ($took) = timed(sub { Command::begin(0.2, 'sleep', '64') });
    cmp_ok($took, '<', 0.2, 'it is not waited for');
    my $ended = 0;
    ok(Home::await(sub { Command::kill_overdue(); $ended = waitpid(-1, POSIX::WNOHANG()); $ended > 0 }));
    is($? & 127, 9);
    Command::ended($ended);
};

subtest 'what a command says is heard by and by, and only when it is whole' => sub {
    my $hear = sub ($question) {
        my $said;
        ok(Home::await(sub { Command::kill_overdue(); defined($said = Command::heard($question)) }), 'it has ended');
        return $said;
    };
    my ($took, $question) = timed(sub { Command::ask(5, 'sh', '-c', 'echo one; sleep 0.3; echo two') });
    cmp_ok($took, '<', 0.25, 'nobody waited');
    is(Command::heard($question), undef, 'not yet');
    is($hear->($question), "one\ntwo\n");
    is($hear->(Command::ask(5, 'sh', '-c', 'echo half; exit 3')), '', 'one that failed has said nothing');
    is($hear->(Command::ask(0.2, 'sh', '-c', 'echo half; sleep 65')), '', 'nor has one that was too slow');
};

subtest 'listeners are news when something was loaded, and not before' => sub {
    local $Run::DIR = tempdir(CLEANUP => 1);
    local $Listeners::HAPROXY = "$Home::TOP/src/test/golden/render/customer/expected/haproxy-a/haproxy.cfg";
    my $news = sub () { my ($listeners) = Listeners::news() or return 'none'; return join ' ', map { $_->[0] } @$listeners };
    is($news->(), 'none', 'a HAProxy that was never started has none');
    for my $loaded ('one', 'another') {
        Run::put(loaded => $loaded);
        is($news->(), 'http:80 https:443');
        is($news->(), 'none', 'no news');
    }
};

subtest 'listeners and peers are those of the files that are loaded' => sub {
    my $golden = "$Home::TOP/src/test/golden/render";
    my $of = sub ($file) { Home::text("$golden/$file") };
    is_deeply([ Listeners::listeners($of->('customer/expected/haproxy-a/haproxy.cfg')) ],
        [ [ 'http:80', 80, 0 ], [ 'https:443', 443, 1 ] ], 'the health port is none');
    is_deeply([ map { $_->[1] } Listeners::listeners($of->('other-ports-and-backend/expected/haproxy-a/haproxy.cfg')) ],
        [ 8080, 8443 ]);
    is_deeply([ Listeners::peers($of->('customer/expected/haproxy-a/keepalived.conf')) ], ['192.168.0.152']);
    is(scalar(@{ [ Listeners::peers($of->('three-balancers/expected/haproxy-a/keepalived.conf')) ] }), 2);
    my $alone = $of->('minimal/expected/haproxy-a/keepalived.conf') =~ s/^(\s*unicast_peer \{\n).*?\}/$1    192.168.0.150 min_ttl 255\n}/msr;
    is_deeply([ Listeners::peers($alone) ], [], 'the VIP is no peer');
    is_deeply([ Listeners::peers('no peers'), Listeners::listeners('') ], []);
};

subtest 'a TCP service is a listener of its own kind' => sub {
    my $text = "defaults\n    mode http\nfrontend http\n    bind *:80\nbackend web\n    mode http\n"
      . "defaults\n    mode tcp\nfrontend db\n    bind *:5432\nbackend db\n    option httpchk\n";
    is_deeply([ Listeners::listeners($text) ], [ [ 'http:80', 80, 0 ], [ 'db:5432', 5432, 2 ] ]);
};

subtest 'a TCP service whose servers are all down is not what a balancer is judged by' => sub {
    no warnings 'redefine';
    my $rows = '';
    local *Haproxy::talk = sub ($command, $seconds = 0) { return "# pxname,svname,status,mode,check_status,addr\n$rows" };
    my $web  = "web,BACKEND,UP,http,,\nlast-resort,BACKEND,DOWN,http,,\n";
    $rows = $web . "db,BACKEND,DOWN,tcp,,\n";
    ok((Haproxy::sees_servers())[0], 'it sees its web servers');
    $rows = $web =~ s/UP/DOWN/r . "db,BACKEND,UP,tcp,,\n";
    ok(!(Haproxy::sees_servers())[0], 'and a database is none');
    $rows = "web,web-a,DOWN,http,L7TOUT,1.2.3.4:80\ndb,db-1,DOWN,tcp,L4CON,1.2.3.5:5432\n";
    ok(Servers::only_late('web'), 'its web servers are only late');
    $rows = "web,web-a,DOWN,http,L4CON,1.2.3.4:80\ndb,db-1,UP,tcp,L4OK,1.2.3.5:5432\n";
    ok(!Servers::only_late('web'), 'and a database that is up is no hope');
};

subtest 'where there are services alone, they are' => sub {
    no warnings 'redefine';
    my $rows = '';
    local *Haproxy::talk = sub ($command, $seconds = 0) { return "# pxname,svname,status,mode,check_status,addr\n$rows" };
    my $tables = "connections,BACKEND,UP,http,,\nrequests,BACKEND,UP,http,,\ntandem_speaker,BACKEND,UP,http,,\n";
    $rows = $tables . "db,BACKEND,DOWN,tcp,,\nmail:mx.example.com,BACKEND,UP,tcp,,\n";
    is_deeply([ Haproxy::sees_servers() ], [ 1, 'db' ], 'one of them is lost');
    $rows = $rows =~ s/UP,tcp/DOWN,tcp/r;
    is_deeply([ Haproxy::sees_servers() ], [ 0, 'db', 'mail:mx.example.com' ], 'all are');
    $rows = "db,db-1,DOWN,tcp,L7TOUT,1.2.3.5:5432\n";
    ok(Servers::only_late('db'), 'one that is late is not lost');
    my $http = "defaults\n    mode http\nbackend connections\nbackend requests\n";
    my $tcp  = "defaults\n    mode tcp\n    log global\nfrontend db\nbackend db\nbackend mail:mx.example.com\n";
    is_deeply([ Listeners::pools($http . $tcp) ], [ 'db', 'mail:mx.example.com' ]);
    is_deeply([ Listeners::pools($http . "backend web\nbackend web-tls\n" . $tcp) ], ['web']);
};

subtest 'the virtual router of the beacon' => sub {
    my $of = sub ($site) { Home::text("$Home::TOP/src/test/golden/render/$site/expected/haproxy-a/keepalived.conf") };
    is(Listeners::beacon_id($of->('customer')), 151);
    is(Listeners::beacon_id($of->('three-balancers')), undef);
};

subtest 'the secret of all balancers is that of the key of the site' => sub {
    my ($file, $path) = tempfile(UNLINK => 1);
    local $ClusterSecret::KEY = $path;
    print {$file} "one key\n";
    close $file;
    my $one = ClusterSecret::known();
    like($one, qr/^[0-9a-f]{64}$/);
    is(ClusterSecret::known(), $one);
    open $file, '>', $path or die;
    print {$file} "another\n";
    close $file;
    isnt(ClusterSecret::known(), $one);
    unlink $path;
    is(ClusterSecret::known(), undef, 'no key, no secret');
};

subtest 'who comes late hears all that have answered meanwhile' => sub {
    socketpair my $here, my $there, AF_UNIX, SOCK_DGRAM, PF_UNSPEC or die;
    my $answers = sub ($mac, $address) {
        substr(my $packet = Arp::announcement($mac, inet_aton($address)), 6, 2) = pack 'n', Arp::ANSWER;
        syswrite $there, $packet;
    };
    $answers->("\2\0\0\0\0$_", '192.0.2.150') for "\1", "\2", "\1";
    $answers->("\2\0\0\0\0\3", '192.0.2.9');
    my $who = bless { socket => $here, target => inet_aton('192.0.2.150'), asked => Run::now() - 5 }, 'Who';
    is_deeply([ $who->answers(0.06) ], [ '02:00:00:00:00:01', '02:00:00:00:00:02' ]);
};

subtest 'a beacon is an advert of VRRP version 3' => sub {
    my $packet = Beacon::packet('192.0.2.1', '192.0.2.2', 151, 250);
    is(unpack('H*', substr $packet, 0, 6), '3197fa010003');
    is(inet_ntoa(substr $packet, 8, 4), '127.0.77.1');
    my $pseudo = inet_aton('192.0.2.1') . inet_aton('192.0.2.2') . pack 'C C n', 0, 112, length $packet;
    is(Beacon::checksum($pseudo . $packet), 0, 'its checksum is right');
    is(Beacon::checksum(pack 'n*', 0x4500, 0x0073, 0, 0x4000, 0x4011, 0, 0xc0a8, 1, 0xc0a8, 0xc7), 0xb861, 'as RFC 1071 has it');
};

# A question to a listener that does what $serve does with the one connection that comes.
sub questioned ($tls, $serve) {
    socket(my $socket, AF_INET, SOCK_STREAM, 0) or die "socket: $!\n";
    bind($socket, sockaddr_in(0, inet_aton('127.0.0.1'))) or die "bind: $!\n";
    listen $socket, 5 or die "listen: $!\n";
    my $pid = answering($socket, $serve);
    my $question = Question->ask('127.0.0.1', (sockaddr_in(getsockname $socket))[0], $tls, '');
    my @said;
    Home::await(sub { push @said, grep { $_ ne '' } $question->look; "@said" =~ /heard|refused/ }, 0.7);
    kill 'KILL', $pid;
    waitpid $pid, 0;
    return "@said";
}

subtest 'a question to a listener' => sub {
    is(questioned(0, sub ($client) { sysread $client, my $hello, 99; syswrite $client, $hello =~ /^PRI \* HTTP/ ? 'yes' : '' }),
        'connected heard');
    is(questioned(0, sub ($client) { }), 'connected refused', 'one that says nothing and hangs up has not answered');
    is(questioned(1, sub ($client) { sysread $client, my $end, 1 }), 'connected heard', 'over TLS hanging up is the answer');
    my $reset = sub ($client) { setsockopt $client, SOL_SOCKET, SO_LINGER, pack 'i i', 1, 0 };
    like(questioned(2, $reset), qr/heard$/, 'a reset of a TCP service is its answer');
    like(questioned(1, $reset), qr/refused$/, 'and of no other');
    is(questioned($_, sub ($client) { sleep 30 }), 'connected', 'silent') for 0, 1, 2;
    is(Question->ask('127.0.0.1', 1, 0, '')->look, 'refused', 'nobody listens');
};

subtest 'what inits tell each other' => sub {
    my $socket = Wire::listen(0);
    my ($port) = sockaddr_in(getsockname $socket);
    Wire::tell($socket, '127.0.0.1', $port, qw(http:80 https:443));
    send $socket, $_, 0, sockaddr_in($port, inet_aton('127.0.0.1')) for 'rain', "silent \n", 'x' x 600;
    Wire::tell($socket, '127.0.0.1', $port, 'http');
    my @heard;
    Home::await(sub { push @heard, Wire::hear($socket); @heard >= 2 });
    is_deeply(\@heard, [ [ '127.0.0.1', 'http:80', 'https:443' ], [ '127.0.0.1', 'http' ] ]);
    is_deeply([ Wire::hear($socket) ], [], 'and it does not wait for more');
};

subtest 'a track file is overwritten in place' => sub {
    Run::track(leaving => 0);
    my $inode = (stat "$place/leaving")[1];
    Run::track(leaving => 1);
    is(Run::get('leaving'), 1);
    is((stat "$place/leaving")[1], $inode, 'the file that Keepalived watches');
};

subtest 'an answer names the pools that are lost, and HAProxy itself says the same' => sub {
    is_deeply([ Haproxy::lost("HTTP/1.1 200 OK\r\n\r\nready; down: api,img,") ], [qw(api img)]);
    is_deeply([ Haproxy::lost("HTTP/1.1 503 \r\n\r\nno web server is up; down: web,api,") ], [qw(web api)]);
    is_deeply([ Haproxy::lost($_) ], []) for "HTTP/1.1 200 OK\r\n\r\nready", "HTTP/1.1 503 \r\n\r\nno web server is up", '';
    my $stat = sub (%down) {
        return join "\n", '# pxname,svname,status', map { "$_,BACKEND," . ($down{$_} ? 'DOWN' : 'UP') . ',' }
            qw(connections requests retries web web-tls last-resort api api-tls last-resort-api-tls img img-tls);
    };
    no warnings 'redefine';
    my $text;
    local *Haproxy::talk = sub { return $text };
    for my $case ([ {}, 1 ], [ { 'api-tls' => 1 }, 1, 'api' ], [ { web => 1, img => 1 }, 1, qw(img web) ],
        [ { web => 1, api => 1, img => 1 }, 0, qw(api img web) ]) {
        my ($down, @expected) = @$case;
        $text = $stat->(%$down);
        is_deeply([ Haproxy::sees_servers() ], \@expected, join ' ', 'down:', sort keys %$down);
    }
    $text = undef;
    is_deeply([ Haproxy::sees_servers() ], [0], 'no answer is none');
};

subtest 'whether web servers are only late is asked of each pool' => sub {
    no warnings 'redefine';
    local *Haproxy::talk = sub {
        return join "\n", '# pxname,svname,addr,status,check_status', 'web,web-a,,DOWN,L4CON', 'web-tls,web-a,,UP,L7OK',
            'api,api-1,,DOWN,L7TOUT', 'api-tls,api-1,,DOWN,* L6TOUT', 'api-2,x,,DOWN,L4CON', 'last-resort,web-a,,UP,';
    };
    is_deeply([ map { Servers::only_late($_) ? 1 : 0 } qw(web api api-2) ], [ 0, 1, 0 ]);
};

subtest 'a file that cannot be written is written later, and the last word counts' => sub {
    symlink '/dev/full', "$place/haproxy_down" or die "symlink: $!\n";    # a disk without room
    mkdir "$place/vrrp" or die "mkdir: $!\n";                             # a name that is taken
    my @said = said(sub {
        Notes::leave(track => 'haproxy_down', 1);
        Notes::leave(put => 'vrrp', 'MASTER');
        Notes::leave(put => 'vrrp', 'BACKUP');
        Notes::pay_all();
    });
    is(@said, 2, 'each is said once');
    like($said[0], qr/haproxy_down: No space left/);
    is_deeply([ Notes::owed() ], [qw(haproxy_down vrrp)]);
    unlink "$place/haproxy_down";
    rmdir "$place/vrrp";
    @said = said(sub { Notes::pay_all() });
    is_deeply([ Notes::owed() ], []);
    is(Run::get('haproxy_down'), 1);
    is(Run::get('vrrp'), 'BACKUP');
    is(@said, 2);
    is_deeply([ glob "$place/.*.$$" ], [], 'nothing half written is left');
};

subtest 'on a disk without room a line is written over the one before, and a file that exists stays' => sub {
    my $script = tempdir(CLEANUP => 1) . '/script';
    open my $file, '>', $script or die;
    print $file <<'END';
        use v5.36;
        use Notes;
        $Run::DIR = shift;
        Notes::leave(put => vrrp => 'BACKUP 1');
        Notes::leave(put => pid => 12);
        Notes::leave(track => leaving => 0);
        open my $fill, '>', "$Run::DIR/fill" or die;
        1 while syswrite $fill, 'x' x 512;
        Notes::leave(put => vrrp => 'MASTER 10');
        Notes::leave(put => vrrp => 'FAULT 2');
        Notes::leave(track => leaving => 1);
        Notes::forget('pid');
        print Run::get('pid') // 'none';
        Notes::leave(put => pid => 345);
        Notes::leave(put => new => 'x');
        print join ' ', '', (map { Run::get($_) } qw(vrrp leaving pid)), 'owed:', Notes::owed();
END
    close $file;
    my $said = `unshare -rm sh -c 'mount -t tmpfs -o size=16k none $place && perl -I$Home::IMAGE/lib $script $place' 2>/dev/null`;
    plan skip_all => 'no file system of our own' if $? != 0 && $> != 0;
    is($said, 'none FAULT 2 1 345 owed: new');
};

# What is said on STDERR meanwhile.
sub said ($code) {
    my $file = "$place/said";
    open my $before, '>&', \*STDERR or die;
    open STDERR, '>', $file or die;
    $code->();
    open STDERR, '>&', $before or die;
    return split /^/, Home::text($file);
}

subtest 'the kernel is asked for addresses without a program' => sub {
    is(Lan::interface_of('127.0.0.1'), 'lo');
    is(Lan::interface_of('203.0.113.77'), '');
    ok(Lan::holds('lo', '127.0.0.1'));
    ok(!Lan::holds('lo', '203.0.113.77'));
    is(Link::number('lo'), 1);
    is(Link::number(''), undef);
    is(Lan::remove('lo', '203.0.113.77'), 0, 'what is not there is not removed');
};

subtest 'the default route is looked for without a program' => sub {
    my $own = `unshare -rn sh -c 'ip link set lo up && ip link add one type veth peer name two && ip address add 203.0.113.7/24 dev one && \\
        ip link set one up && ip link set two up && ip route add default via 203.0.113.1 && \\
        perl -I$Home::IMAGE/lib -MLan -e "print Lan::has_route(q(one), q(203.0.113.1)), Lan::has_route(q(one), q(203.0.113.2)), Lan::has_route(q(lo), q(203.0.113.1))"' 2>&1`;
    plan skip_all => "no network namespace of our own: $own" if $? != 0 && $> != 0;
    is($own, '100');
};

subtest 'the VIP is taken off without a program' => sub {
    my $own = `unshare -rn sh -c 'ip link set lo up && ip address add 203.0.113.77/32 dev lo && \\
        perl -I$Home::IMAGE/lib -MLan -e "print Lan::remove(q(lo), q(203.0.113.77)), Lan::holds(q(lo), q(203.0.113.77)) ? 1 : 0"' 2>&1`;
    plan skip_all => "no network namespace of our own: $own" if $? != 0 && $> != 0;
    is($own, '10');
};

subtest 'Keepalived says of each instance what it is' => sub {
    my $pipe = Vrrp::listen();
    syswrite $pipe, qq(INSTANCE "vip" BACKUP 250\nINSTANCE "beacon" MASTER 250\nINSTANCE "vips-haproxy-b" MAST);
    is_deeply([ Vrrp::states($pipe) ], [ [ BACKUP => '' ] ]);
    syswrite $pipe, qq(ER 244\nINSTANCE "vips-haproxy-b" MASTER_RX_LOWER_PRI 244\nINSTANCE "vip" FAULT 0\n);
    is_deeply([ Vrrp::states($pipe) ], [ [ MASTER => 'haproxy-b' ], [ FAULT => '' ] ]);
};

subtest 'which VIPs go together' => sub {
    local @ENV{qw(TANDEM_VIP TANDEM_VIP_MORE TANDEM_VIPS_OF)} = ('192.0.2.9', '192.0.2.10', 'c=192.0.2.13 b=192.0.2.11,192.0.2.12');
    is_deeply({ Lan::vips_of() }, { '' => [qw(192.0.2.9 192.0.2.10)], b => [qw(192.0.2.11 192.0.2.12)], c => ['192.0.2.13'] });
    is_deeply([ Lan::vips() ], [ map { "192.0.2.$_" } 9 .. 13 ], 'the VIP comes first');
    delete @ENV{qw(TANDEM_VIP_MORE TANDEM_VIPS_OF)};
    is_deeply([ Lan::vips() ], ['192.0.2.9']);
};

subtest 'claims of any of several VIPs are heard, and nothing else' => sub {
    my $script = "$Run::DIR/claims.pl";
    open my $file, '>', $script or die "$script: $!\n";
    print $file <<'END';
use v5.36;
use Claims;
my $claims = Claims::listen('one', map { "192.0.2.$_" } 9 .. 11);
for my $last (8 .. 12) {
    Claims::claim('two', "192.0.2.$last");
    vec(my $read = '', fileno $claims, 1) = 1;
    select $read, undef, undef, $last =~ /^(?:8|12)$/ ? 0.2 : 5;
    print join ',', map { $_->[1] =~ s/.*\.//r } Claims::heard($claims, 'one');
    print ';';
}
END
    close $file;
    my $own = `unshare -rn sh -c 'ip link add one type veth peer name two && ip link set one up && ip link set two up && \\
        perl -I$Home::IMAGE/lib $script' 2>&1`;
    plan skip_all => "no network namespace of our own: $own" if $? != 0 && $> != 0;
    is($own, ';9;10;11;;');
};

subtest 'ARP' => sub {
    my ($mac, $address) = (pack('H12', '02420a4d0197'), inet_aton('192.0.2.9'));
    my $probe = Arp::probe($mac, $address);
    is(unpack('H*', $probe), '0001080006040001' . '02420a4d0197' . '00000000' . '000000000000' . 'c0000209');
    is_deeply([ Arp::sender($probe) ], [ Arp::QUESTION, $mac, "\0\0\0\0" ]);
    is_deeply([ Arp::sender(substr $probe, 0, 27) ], []);
    my $ours = Arp::announcement($mac, $address);
    is_deeply([ Arp::sender($ours) ], [ Arp::QUESTION, $mac, $address ]);
    is(substr($ours, 24, 4), $address, 'who has it? I have');
    is(Link::text($mac), '02:42:0a:4d:01:97');
};

subtest 'hashes are those of sha256sum, over all files in the order of their names' => sub {
    is(Loaded::hash(), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'of nothing');
    for my $name (qw(a b)) { open my $file, '>', "$place/$name.pem"; print $file $name; }
    is(Loaded::hash("$place/a.pem", "$place/b.pem"), 'fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603');
};

subtest 'clients leave a tenth of what HAProxy can hold, and one of them half of theirs' => sub {
    is_deeply([ Capacity::of_clients(20_000, 8) ], [ 8996, 4498 ], 'a limit of 20 000 files');
    is_deeply([ Capacity::of_clients(1_048_576, 0) ], [ 45_000, 22_500 ], 'haproxy.cfg takes 100 000');
    is_deeply([ Capacity::of_clients(20_000, 4000) ], [ 7200, 3600 ], 'a thousand web servers take theirs first');
    is_deeply([ Capacity::of_clients(10, 400) ], [ 2, 1 ], 'never nothing');
    is(Capacity::servers("backend a\n    server x 1\n    default-server y\n    server z 2\n"), 2, 'servers are counted');
    open my $file, '>', "$place/limits" or die;
    print $file "Limit  Soft Limit  Hard Limit  Units\nMax open files            1024                 20000                files\n";
    close $file;
    is(Capacity::open_files("$place/limits"), 20_000, 'the hard limit counts');
    open $file, '>', "$place/limits" or die;
    print $file "Max open files            1024                 unlimited            files\n";
    close $file;
    is(Capacity::open_files("$place/limits"), 100_000, 'and none is the most');
};

subtest 'a packet filter that cannot be loaded is said, and holds nothing up' => sub {
    like(join("\n", @Redirects::REFUSE), qr/^nft\n.*hook input.*\n *icmp type redirect drop\n/s, 'what is loaded');
    like(join("\n", @Redirects::REFUSE6), qr/^nft\n.*table ip6 .*hook input.*\n *icmpv6 type nd-redirect drop\n/s, 'for IPv6');
    local @Redirects::REFUSE  = ('true');
    local @Redirects::REFUSE6 = (qw(sh -c), 'echo no IPv6; exit 1');
    local $Redirects::IPV6    = "$place/disable_ipv6";
    my $says = sub ($word) { open my $file, '>', $Redirects::IPV6 or die; print $file "$word\n" };
    $says->(1);
    is(Redirects::refuse(), '', 'loaded, and IPv6 is off');
    $says->(0);
    is(Redirects::refuse(), 'no IPv6', 'IPv6 is on: both are loaded');
    $Redirects::IPV6 = '/nowhere';
    is(Redirects::refuse(), '', 'a kernel without IPv6');
    @Redirects::REFUSE = (qw(sh -c), 'echo not permitted >&2; echo more; exit 1');
    is(Redirects::refuse(), 'not permitted', 'what was said first');
    @Redirects::REFUSE = ('false');
    is(Redirects::refuse(), 'no answer', 'nothing was said');
};

done_testing;
