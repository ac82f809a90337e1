# What a balancer tells of itself and what it remembers: `speaker` and the modules that only it has. That HAProxy
# stands before it, and who may ask, is for the tests on containers (SpeakerTest).
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use Asked;
use Events;
use Hour;
use File::Temp qw(tempdir);
use IO::Socket::UNIX;
use Json;
use JSON::PP ();
use Halves;
use Memory;
use Metrics;
use Peers;
use POSIX ();
use Run;
use Test::More;
use Told;

alarm 60;    # whatever goes wrong, this ends
my $place = tempdir(CLEANUP => 1);
mkdir "$place/$_" for qw(run haproxy memory page);
$Run::DIR = "$place/run";

sub write_to ($path, $text) {
    open my $file, '>', "$place/$path" or die "$path: $!\n";
    print $file $text;
    close $file;
}

subtest 'JSON is what every reader takes, and a name never becomes a number' => sub {
    my $hostile = qq(</script>"\\\n\t\x01\xe9);
    my $text = Json::text({ name => '7', number => \7, none => undef, yes => Json::truth(1), no => Json::truth(0), list => [ $hostile ] });
    is($text, '{"list":["\u003c/script>\"\\\\\n\t\u0001\u00e9"],"name":"7","no":false,"none":null,"number":7,"yes":true}');
    is(JSON::PP::decode_json($text)->{list}[0], $hostile);
    is(Json::number($_), undef, "no number: $_") for '', 'x', '01', '1e5', "1\n", '1.';
    is(${ Json::number('-1.5') }, '-1.5');
};

subtest 'an event is a line of the init, and its kind follows from its text' => sub {
    Events::begin();
    my $heard = {};
    is_deeply([ Events::news($heard) ], [], 'nothing yet');
    Events::note($_) for 'VRRP MASTER', "two\nlines\x1b[31m", 'x' x 1000;
    my @events = Events::news($heard);
    is_deeply([ map { $_->{number} } @events ], [ 1, 2, 3 ]);
    is($events[1]{text}, 'two lines [31m', 'no control character');
    is(length $events[2]{text}, Events::LONGEST);
    is_deeply([ Events::news($heard) ], [], 'each is read once');
    Events::note('Server last-resort/web-a enters drain state. 1 active');
    Events::note('haproxy ended at 2026-11-29T13:00:00.000Z: signal 9');
    is((Events::news($heard))[0]{kind}, 'end');

    my %kind = (
        'VRRP FAULT' => 'vrrp', 'this balancer did not run for 1.2 s' => 'standstill', 'duty: serve -> yield' => 'order',
        'haproxy_down=1' => 'track', 'running -> demoting' => 'phase', 'left' => 'phase',
        'keepalived hangs: it does nothing' => 'hang', 'Server web/web-a is DOWN, reason: Layer4 timeout' => 'server',
        'backend web has no server available!' => 'server', 'clients do not reach http:80 here; 192.0.2.2 works' => 'listener',
        'loaded haproxy.cfg 0a1b2c3d4e5f, keepalived.conf -' => 'reload', 'no interface holds 192.0.2.1 any more' => 'note',
    );
    is(Events::kind($_), $kind{$_}, $_) for sort keys %kind;
    is(Events::parsed($_), undef, "no event: $_") for '', "x\n", '1 2026-11-29T13:00:00.000Z cut', "1 yesterday text\n";
};

subtest 'what was written while nobody read is read afterwards, also out of the file before' => sub {
    Events::begin();
    my $heard = {};
    Events::note("before $_") for 1 .. 3;
    is(scalar(Events::news($heard)), 3);
    Events::note('y' x 390 . " $_") for 4 .. 200;    # more than a file may have
    ok(-s Run::path('events.before'), 'a file was put aside');
    is_deeply([ map { $_->{number} } Events::news($heard) ], [ 4 .. 200 ]);
};

subtest 'where nothing can be written, nothing is thrown' => sub {
    local $Run::DIR = "$place/nowhere";
    Events::begin();
    ok(eval { Events::note('x'); 1 });
    is_deeply([ Events::news({}) ], []);
};

sub events ($from, $to, $text = 'VRRP BACKUP') {
    return map { Events::parsed("$_ 2026-11-29T13:00:00.000Z $text\n") } $from .. $to;
}

subtest 'events outlive a restart, in their order, and each counts once' => sub {
    my $file = "$place/memory/one";
    my $memory = Memory->new($file);
    $memory->take('boot-1', events(1, 3));
    $memory->take('boot-1', events(1, 5));
    is($memory->{last}, 5, 'those that were known are not taken again');
    my $again = Memory->new($file);
    $again->take('boot-1', events(4, 6));
    $again->take('boot-2', events(1, 2, 'left'));
    is_deeply([ map { "$_->{sequence} $_->{boot} $_->{number} $_->{kind}" } $again->last_of(3) ],
        [ '6 boot-1 6 vrrp', '7 boot-2 1 phase', '8 boot-2 2 phase' ]);
    ok($again->{kept});
    is_deeply([ map { $_->{sequence} } Memory->new($file)->last_of(99) ], [ 1 .. 8 ]);
};

subtest 'it remembers so much and no more, and a server that comes and goes does not push out the rest' => sub {
    my $file = "$place/memory/ring";
    my $memory = Memory->new($file);
    $memory->take('b', events(1, 10));
    for my $round (1 .. 60) { $memory->take('b', events($round * 100, $round * 100 + 99, 'Server web/web-a is DOWN')) }
    my @all = $memory->last_of(9999);
    cmp_ok(scalar @all, '<=', Memory::MOST + 50);
    is(scalar(grep { $_->{kind} eq 'vrrp' } @all), 10);
    open my $lines, '<', $file or die;
    cmp_ok(scalar(() = <$lines>), '<=', Memory::LINES + 100, 'its file is written from scratch');
    is_deeply([ map { $_->{sequence} } Memory->new($file)->last_of(20) ], [ map { $_->{sequence} } $memory->last_of(20) ]);
};

subtest 'a volume that is not there, and a file that is no such file, cost the past and nothing else' => sub {
    my $memory = Memory->new("$place/nowhere/events");
    $memory->take('b', events(1, 2));
    is($memory->{kept}, 0, 'and it says so');
    is(scalar(my @both = $memory->last_of(9)), 2);
    write_to('memory/garbage', "\x00\xff\n7 b 1 not an event\n9 b 1 2026-11-29T13:00:00.000Z VRRP MASTER\n10 b 2 2026-11-2");
    my $other = Memory->new("$place/memory/garbage");
    is_deeply([ map { $_->{sequence} } $other->last_of(9) ], [ 9 ]);
    SKIP: {
        skip 'no device that is full', 1 unless -e '/dev/full';
        my $full = Memory->new("$place/memory/full");
        $full->{file} = '/dev/full';
        $full->take('b', events(1, 1));
        is($full->{kept}, 0, 'a full disk');
    }
};

my $HEAD = join ',', '# pxname', qw(svname status mode type weight scur stot rate hrsp_5xx wretr eresp act lastchg check_status check_code last_chk agent_status);
my $STAT = <<"END";
$HEAD
http,FRONTEND,OPEN,http,0,,3,812,20,1,,,,,,,,
health,FRONTEND,OPEN,http,0,,1,9,1,0,,,,,,,,
web,web-a,UP,http,2,100,1,400,10,0,2,1,1,60,L7OK,200,,L7OK
web,7,DOWN,http,2,100,0,0,0,0,0,0,1,3,L4CON,,"Connection refused, ""again""",
web,BACKEND,UP,http,1,100,1,812,10,1,2,1,1,60,,,,
last-resort,BACKEND,UP,http,1,100,0,0,0,0,0,0,1,60,,,,
tandem_speaker,speaker,no check,http,2,100,1,9,1,0,0,0,1,60,,,,
tandem_speaker,BACKEND,UP,http,1,100,1,9,1,0,0,0,1,60,,,,
connections,BACKEND,UP,http,1,0,0,0,0,0,0,0,0,60,,,,
END

subtest 'a balancer tells pools and servers as it sees them, and only what is known' => sub {
    my $told = JSON::PP::decode_json(Json::text(Told::status({
        site => 'shop', node => 'haproxy-a', stat => $STAT, info => "Uptime_sec: 9\nCurrConns: 3\nMaxconn: 100\nStopping: 0\n",
        noted => { vrrp => 'MASTER 2026-11-29T13:00:00.000Z', listeners => 'http:80=ok 192.0.2.2/http:80=silent', haproxy_down => 0 },
        peers => [ { name => 'haproxy-b', address => '192.0.2.2', addresses => [] } ], programs => [], holds => 1, kept => 1,
        more => [ { address => '192.0.2.7', first => 'haproxy-b', holds => 0 } ],
    })));
    is_deeply([ map { $_->{name} } @{ $told->{pools} } ], [ 'web' ], 'neither the last resort nor what only counts');
    is_deeply([ map { $_->{name} } @{ $told->{frontends} } ], [ 'http' ]);
    my ($up, $down) = @{ $told->{pools}[0]{servers} };
    is("$up->{name} $up->{status} $up->{check} $up->{failed}", 'web-a UP L7OK 2');
    is("$down->{name} $down->{status} $down->{check_says}", '7 DOWN Connection refused, "again"');
    is_deeply($told->{vrrp}, { state => 'MASTER', since => '2026-11-29T13:00:00.000Z' });
    is_deeply($told->{listeners}[1], { at => '192.0.2.2', name => 'http:80', answers => 'silent' });
    is_deeply([ @$told{qw(duty certificates container_id)} ], [ undef, undef, undef ]);
    ok($told->{vip}{here} && !$told->{haproxy}{down});
    my ($further) = @{ $told->{more_vips} };
    is("$further->{address} $further->{first} " . ($further->{here} ? 'here' : 'not here'), '192.0.2.7 haproxy-b not here');
    unlike(Json::text(Told::status({ noted => {}, peers => [] })), qr/true|MASTER|"serve"/, 'of nothing it says nothing good');
};

subtest 'the end of a certificate is read as HAProxy has it' => sub {
    my $one = Told::certificate('/etc/tandem-tls/site.pem', "notBefore: Nov 29 12:54:16 2026 GMT\nnotAfter: Mar  3 12:54:16 2029 GMT\n"
        . "Subject Alternative Name: DNS:shop.example, IP Address:192.0.2.9\nSubject: /CN=shop\n");
    is("$one->{file} $one->{until} @{ $one->{names} }", 'site.pem 2029-03-03T12:54:16Z shop.example 192.0.2.9');
    is(Told::certificate('x', undef)->{until}, undef);
};

my $WHO = "X-Tandem-Node: shop haproxy-a shop-haproxy-a\r\nX-Tandem-Balancers: haproxy-a=192.0.2.1,198.51.100.1 haproxy-b=192.0.2.2\r\n";

subtest 'a question is taken apart when it is whole' => sub {
    is(Asked::question("GET / HTTP/1.1\r\nHost: x\r\n"), undef, 'more is to come');
    is(Asked::question("POST /news HTTP/1.1\r\nContent-Length: 5\r\n\r\n1234"), undef, 'its body, too');
    my $question = Asked::question("GET /site.json?x=1&events=7 HTTP/1.1\r\n${WHO}Origin: http://192.0.2.2:8404\r\n\r\n");
    is("@$question{qw(method path events origin)}", 'GET /site.json 7 http://192.0.2.2:8404');
    is_deeply($question->{who}, { site => 'shop', node => 'haproxy-a', container => 'shop-haproxy-a' });
    is("$question->{balancers}[0]{name} @{ $question->{balancers}[0]{addresses} }", 'haproxy-a 192.0.2.1 198.51.100.1');
    is(Asked::question($_)->{method}, '', 'none: ' . substr $_, 0, 20)
        for "\r\n\r\n", "hello\r\n\r\n", 'x' x Asked::LONGEST, "POST /news HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n";
};

subtest 'only pages of the site may read it from another place, and a page loads nothing from elsewhere' => sub {
    my @pages = Asked::origins(8404, '192.0.2.9', '192.0.2.1');
    is("@pages", 'http://192.0.2.9:8404 http://192.0.2.1:8404');
    my $answer = sub ($origin, $type) { Asked::answer({ method => 'GET', origin => $origin }, 200, $type, 'x', @pages) };
    like($answer->('http://192.0.2.1:8404', 'application/json'), qr{^Access-Control-Allow-Origin: http://192\.0\.2\.1:8404\r}m);
    unlike($answer->($_, 'application/json'), qr/Access-Control/, "not $_") for 'http://192.0.2.1', 'http://evil.example', 'null';
    like($answer->('', 'text/html'), qr{^Content-Security-Policy: default-src 'none'; script-src 'self';.* connect-src 'self' http://192\.0\.2\.9:8404 }m);
    like(Asked::answer({ method => 'HEAD' }, 200, 'text/html', 'xyz'), qr/Content-Length: 3\r\n.*\r\n\r\n\z/s, 'the head alone');
};

subtest 'what a peer tells counts when it is whole' => sub {
    my $body = "{\"version\":1}\n";
    my $answer = sub ($code, $length, $text) { (Peers::body("HTTP/1.1 $code OK\r\ncontent-length: $length\r\n\r\n$text"))[0] };
    is($answer->(200, length $body, $body), $body);
    is($answer->(@$_), undef, "none: @$_[ 0, 1 ]") for [ 200, 99, $body ], [ 504, length $body, $body ], [ 401, 2, "{}" ], [ 200, 3, "[]\n" ];
    is((Peers::body(''))[1], 'no answer');
    like((Peers::body("HTTP/1.1 504 x\r\na: b\r\n\r\n"))[1], qr/its HAProxy answers/);
};

sub said (@texts) { return map { { text => $_ } } @texts }

subtest 'why the VIP was lost is counted by its cause, and a count never falls' => sub {
    my @events = said('VRRP BACKUP', 'VRRP MASTER', 'haproxy ended at 2026-11-29T13:00:00.000Z: signal 9', 'haproxy_down=1', 'VRRP FAULT',
        'haproxy_down=0', 'VRRP BACKUP', 'VRRP MASTER', 'duty: serve -> yield', 'VRRP BACKUP', 'VRRP MASTER', 'VRRP BACKUP',
        'keepalived did not run for 1.0 s');
    my $count = Metrics::counted(Metrics::new(), @events);
    is("$count->{taken} $count->{standstills}", '3 1');
    is_deeply({ map { $_ => $count->{lost}{$_} } grep { $count->{lost}{$_} } keys %{ $count->{lost} } },
        { haproxy_ended => 1, order => 1, unknown => 1 });
    my $halves = Metrics::counted(Metrics::counted(Metrics::new(), @events[ 0 .. 3 ]), @events[ 4 .. $#events ]);
    is_deeply($halves, $count, 'read at once or bit by bit');
};

subtest 'metrics are as Prometheus wants them, and what is not known is left out' => sub {
    my $text = Metrics::text({
        site => 'shop', node => 'a"b', noted => { vrrp => 'BACKUP x', listeners => 'http:80=ok 192.0.2.2/http:80=silent x:1=unknown', duty => 'serve' },
        holds => 0, turn_age => 150, programs => [ { name => 'bodies', is => 'gone' } ], kept => 1, packages => '2026-11-29',
        certificates => [ { file => 'site.pem', until => '2029-03-03T12:54:16Z' } ],
    }, Metrics::new());
    my @wrong = grep { !/^(?:# (?:HELP tandem_\w+ \S.*|TYPE tandem_\w+ (?:gauge|counter))|tandem_\w+(?:\{\w+="(?:[^"\\]|\\.)*"(?:,\w+="(?:[^"\\]|\\.)*")*\})? -?[\d.]+)$/ }
        split /\n/, $text;
    is("@wrong", '', 'every line');
    for my $line ('tandem_vrrp_state{state="BACKUP"} 1', 'tandem_vrrp_state{state="MASTER"} 0', 'tandem_vip_held 0', 'tandem_program_runs{program="bodies"} 0',
        'tandem_listener_answers{at="192.0.2.2",listener="http:80"} 0', 'tandem_certificate_end_timestamp_seconds{file="site.pem"} 1867236856',
        'tandem_init_turn_age_seconds 0.15', 'tandem_info{node="a\"b",site="shop"} 1', 'tandem_vip_lost_total{cause="haproxy_hangs"} 0') {
        ok(index($text, "$line\n") >= 0, $line);
    }
    unlike($text, qr/haproxy_down|x:1/);
    unlike(Metrics::text({ noted => {}, programs => [] }, Metrics::new()), qr/vrrp_state|vip_held|duty|certificate/);
};

# Rows of frontends: mode, open, requests, errors.
sub frontends (@rows) {
    return join "\n", '# pxname,svname,type,mode,scur,req_tot,hrsp_5xx', map { join ',', $_->[0], 'FRONTEND', 0, @$_[ 1 .. 4 ] } @rows;
}

subtest 'an hour of requests and errors is a ring, and what is not known is not made up' => sub {
    my $ring = Hour::new();
    my $stat = sub ($requests, $errors) { frontends([ 'http', 'http', 3, $requests, $errors ], [ 'https', 'http', 2, 10, 0 ], [ 'health', 'http', 1, 999, 9 ], [ 'mail', 'tcp', 4, '', '' ]) };
    Hour::step($ring, 100, $stat->(100, 1));
    Hour::step($ring, 110, $stat->(150, 4));
    Hour::step($ring, 120, undef);
    Hour::step($ring, 130, $stat->(300, 4));
    Hour::step($ring, 140, $stat->(20, 0));
    Hour::step($ring, 180, $stat->(40, 0));
    Hour::step($ring, 190, $stat->(50, 0));
    is_deeply($ring->{requests}, [ undef, 50, undef, undef, 30, undef, undef, undef, undef, 10 ], 'begun, silent, reloaded, missed');
    is_deeply($ring->{errors},   [ undef, 3,  undef, undef, 0,  undef, undef, undef, undef, 0 ]);
    is(Hour::open_now($stat->(1, 1)), 9, 'of clients, and of nobody else');
    Hour::step($ring, 190 + 10 * $_, $stat->(50 + $_, 0)) for 1 .. 2 * Hour::MOST;
    is(scalar @{ $ring->{requests} }, Hour::MOST);
    Hour::step($ring, 1e9, $stat->(1, 1));
    is(scalar @{ $ring->{errors} }, Hour::MOST, 'after a long night');
    is(scalar(grep { defined } @{ $ring->{errors} }), 0);
    like(Json::text(Hour::json(Hour::step(Hour::new(), 1, undef))), qr/^\{"errors":\[null\],"every_s":10,"requests":\[null\]\}$/);
};

subtest 'what a drill does is an event, beside those of the init' => sub {
    Events::begin();
    Events::note('VRRP MASTER');
    my ($heard, $drills) = ({}, {});
    my $memory = Memory->new("$place/memory/drill");
    my $look = sub { $memory->take('b', Events::news($heard)), $memory->take('b-drill', Events::news($drills, Events::DRILLS)) };
    $look->();
    system($^X, "-I$Home::IMAGE/lib", '-e', "\@ARGV = \"haproxy-hang on\nhaproxy-a begins\"; require Run; \$Run::DIR = '$place/run'; do '$Home::IMAGE/drill-note'; die \$@ if \$@") == 0 or die;
    Events::note('VRRP FAULT');
    is_deeply([ map { "$_->{kind} $_->{text}" } $look->() ], [ 'vrrp VRRP FAULT', 'drill drill: haproxy-hang on haproxy-a begins' ]);
    Events::note_drill('haproxy-hang is healed');
    is_deeply([ map { "$_->{number} $_->{text}" } $look->() ], ['2 drill: haproxy-hang is healed']);
    is_deeply([ Memory->new("$place/memory/drill")->take('b', Events::news({})) ], [], 'nor is one of the init taken twice');
    Events::note_drill('x' x 390) for 1 .. 500;
    cmp_ok(-s Run::path(Events::DRILLS), '<', Events::MOST + 500, 'and no more than so much');
};

# One that runs in a place of its own, with something that answers as HAProxy does.
sub running () {
    write_to('page/index.html', '<!doctype html><title>page</title>');
    write_to('page/main.js', 'x');
    write_to('page/.hidden', 'secret');
    my $haproxy = IO::Socket::UNIX->new(Local => "$place/haproxy/speaker.sock", Listen => 5) or die;
    my $other = fork // die;
    if ($other == 0) {
        alarm 60;
        while (my $client = $haproxy->accept) {
            sysread $client, my $asked, 999;
            syswrite $client, $asked =~ /stat/ ? $STAT : $asked =~ /info/ ? "Uptime_sec: 9\n" : "# filename\n";
        }
    }
    my $pid = fork // die;
    return ($pid, $other) if $pid;
    %ENV = (%ENV, TANDEM_TEST_PLACE => $place, TANDEM_VIP => '192.0.2.9', TANDEM_LAN_ADDRESS => '192.0.2.1', TANDEM_HEALTH_PORT => 1);
    exec $^X, "-I$Home::IMAGE/lib", "-I$Home::TESTS/lib", '-MPlace', "$Home::IMAGE/speaker", $place or POSIX::_exit(127);
}

# What stands for the LAN and the kernel, which only root asks.
sub of_root (@lines) { return Halves::start(sub () { @lines }) }

sub node_state () { return ask('GET /status.json?as=node-state&web=7,web-a,nobody') }

sub opened () { return IO::Socket::UNIX->new(Peer => "$place/run/speaker.sock", Timeout => 5) }

sub ask ($request) {
    my $socket = opened() or return '';
    syswrite $socket, "$request HTTP/1.1\r\n$WHO\r\n";
    local $/ = undef;
    return <$socket> // '';
}

subtest 'only web servers that HAProxy has are asked, and where it has them' => sub {
    my $said = "# pxname,svname,addr,\nweb,web-a,192.0.2.80:80,\nweb-tls,web-a,192.0.2.80:443,\nweb,other,192.0.2.81:80,\nweb,none,,\n";
    is_deeply({ Halves::web($said, qw(web-a none nobody)) }, { 'web-a' => '192.0.2.80' });
    is_deeply({ Halves::web($said, map { "web-$_" } 'a', 1 .. 600) }, {}, 'too many');
    is_deeply({ Halves::web('', 'web-a') }, {});
    is(Halves::told("# pxname,addr,svname,last_agt,status,\nweb,192.0.2.80:80,web-a,\"via agent : down (1, \"\"2\"\")\",UP,\n"),
        qq(# pxname,svname,status,check_status,check_code,uweight,last_agt\nweb,web-a,UP,,,,"via agent : down (1, ""2"")"\n), 'and their addresses are not told');
};

subtest 'it answers, whoever else opens a connection and says nothing' => sub {
    Events::begin();
    Events::note('VRRP MASTER');
    my ($pid, $other) = running();
    ok(Home::await(sub { -S "$place/run/speaker.sock" && opened() }));
    my @idle = map { opened() } 1 .. 20;
    my ($head, $body) = split /\r\n\r\n/, ask('GET /status.json'), 2;
    like($head, qr{^HTTP/1\.1 200 OK\r\n.*Cache-Control: no-store}s);
    my $told = JSON::PP::decode_json($body);
    is("$told->{site} $told->{node} $told->{container} $told->{boot}", 'shop haproxy-a shop-haproxy-a ' . Run::get('boot'));
    is($told->{events}[-1]{text}, 'VRRP MASTER');
    is($told->{pools}[0]{servers}[1]{name}, '7');
    is_deeply($told->{handed_over}, { connections => 0, last => undef, last_at => undef });
    ok(!exists $told->{hour});
    write_to('run/loaded_handover', "0a\n");
    Events::note('VRRP BACKUP');
    is(JSON::PP::decode_json((split /\r\n\r\n/, ask('GET /status.json?events=1'))[1])->{events}[0]{text}, 'VRRP BACKUP', 'at once');

    like(node_state(), qr{^HTTP/1\.1 503 }, 'what only root finds out is missing: no answer');
    my $root = of_root('loaded_handover=changed', 'arp=02:00:00:00:00:01', 'arp=02:00:00:00:00:02');
    Run::put(vrrp => 'MASTER 2026-11-29T13:00:00.000Z');
    ok(Home::await(sub { node_state() =~ m{^HTTP/1\.1 200 } }), 'on a busy machine it may be late, and says so');
    my $state = '';
    Home::await(sub { (my $head, $state) = split /\r\n\r\n/, node_state(), 2; $head =~ / 200 / });
    like($state, qr{^site=shop\nnode=haproxy-a\ncontainer=shop-haproxy-a\ntime=20\S+Z\n}, 'whose it is, and of when');
    like($state, qr{^vrrp=MASTER\nsince=2026-11-29T13:00:00\.000Z\n}m);
    like($state, qr{\nloaded_handover=changed\narp=02:00:00:00:00:01\narp=02:00:00:00:00:02\n\n# pxname,svname.*\nweb,web-a,UP}s,
        'root\'s lines, an empty line, the statistics');
    kill STOP => $root;
    like(node_state(), qr{^HTTP/1\.1 503 }, 'that half hangs');
    kill CONT => $root;
    ok(Home::await(sub { node_state() =~ m{^HTTP/1\.1 200 } }), 'and goes on');
    kill KILL => $root;
    waitpid $root, 0;
    like(node_state(), qr{^HTTP/1\.1 503 }, 'it is gone');

    my $site = JSON::PP::decode_json((split /\r\n\r\n/, ask('GET /site.json'))[1]);
    is_deeply([ map { $_->{node} } @{ $site->{balancers} } ], [ 'haproxy-a', 'haproxy-b' ]);
    ok(!$site->{balancers}[1]{told} && $site->{balancers}[1]{why}, 'a peer that is not there: ' . ($site->{balancers}[1]{why} // ''));
    like(ask('GET /tandem/metrics'), qr{200 OK.*^tandem_vip_taken_total 1\n.*^tandem_connections_handed_over_total 3\n}ms, 'what was open when it gave the VIP away');
    my $hour = JSON::PP::decode_json((split /\r\n\r\n/, ask('GET /site.json?hour=1'))[1])->{balancers}[0]{told}{hour};
    is_deeply([ sort keys %$hour ], [qw(errors every_s requests)]);
    like(ask('GET /'), qr{200 OK.*Content-Security-Policy.*<title>page}s);
    like(ask('GET /page/main.js'), qr{200 OK.*text/javascript}s);
    like(ask("GET $_"), qr/^HTTP\/1\.1 404 /, "nothing: $_") for '/page/.hidden', '/page/../speaker', '/etc/passwd', '//';
    like(ask('DELETE /status.json'), qr/^HTTP\/1\.1 405 /);
    ok(kill(0, $pid), 'it runs on');
    kill KILL => $pid, $other;
    waitpid $_, 0 for $pid, $other;
    like(Home::text("$place/memory/events"), qr/ VRRP BACKUP\n\z/, 'it has been kept');
};

done_testing;
