# What the kernel knows of connections decides whether they end: judged by what `ss` has printed.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use Test::More;
use Command;
use Haproxy;
use Servers;
use Silence;
use Socket;

sub recorded ($name) {
    return Silence::connections(join "\n", grep { !/^#/ } split "\n", Home::text("$Home::TESTS/recordings/ss-$name.txt"));
}

my %patience = (gone => 3000, silent => 300_000);

sub why ($since, $check, @connections) { return Silence::verdict(\%patience, $since, $check, @connections) // 'goes on' }

subtest 'a program that is stopped, whose kernel answers' => sub {
    my @connections = recorded('program-stopped');
    is(@connections, 4);
    is(Silence::kernel(3000, @connections), 'there', 'probes and the probes of a closed window are answered');
    is(why(3000, 'L7TOUT', @connections), 'goes on');
    is(why(299_999, 'L4TOUT', @connections), 'goes on', 'its backlog is full: no connection comes about');
    is(why(300_000, 'L7TOUT', @connections), 'has been silent for 300 s', 'the longest time is over');
    is(why(300_000, 'L7TOUT'), 'has been silent for 300 s', 'nothing open, as far as ss says');
};

subtest 'a machine that is gone' => sub {
    my @connections = recorded('machine-gone-4s');
    is(@connections, 4, 'a connection that does not come about says nothing');
    is(Silence::kernel(3000, @connections), 'gone');
    is(why(4000, 'L4TOUT', @connections), 'is silent, and so is its kernel');
    is(why(4000, '* L4TOUT', @connections), 'is silent, and so is its kernel');
    is(why(4000, 'L7TOUT', @connections), 'goes on', 'it has just taken the connection of a check');
    is(Silence::kernel(5000, @connections), 'there', 'its last word is not 5 s old');
    is(Silence::kernel(5000, recorded('machine-gone-7s')), 'gone', 'now it is');
};

subtest 'one connection that hears of it is enough' => sub {
    my @gone = recorded('machine-gone-4s');
    my ($there) = recorded('program-stopped');
    is(Silence::kernel(3000, @gone, $there), 'there');
};

subtest 'where nothing was asked, nothing is known' => sub {
    my ($idle) = Silence::connections(
        'ESTAB 0 0 10.9.0.1:58412 10.9.0.2:9001 ts sack rto:204 bytes_received:61 lastsnd:90620 lastrcv:90620 lastack:90620');
    is(Silence::kernel(3000, $idle), 'unknown');
    is(why(90_000, 'L4TOUT', $idle), 'goes on');
    my ($upload) = grep { $_->{port} == 58464 } recorded('program-stopped');
    $upload->{heard} = 30_000;
    is(Silence::kernel(3000, $upload), 'unknown', 'the next probe of a closed window is far away, none is open');
};

# Of an Nginx of ours.
sub waits ($queue, $facts) {
    my ($connection) = Silence::connections("ESTAB $queue 0 10.9.0.1:58412 10.9.0.2:80 ts sack $facts");
    return Silence::waits($connection);
}

subtest 'what waits for an Nginx that is silent, and what does not' => sub {
    is(waits(0, 'lastsnd:900 lastrcv:900 lastack:880'), 1, 'a GET without an answer');
    is(waits(0, 'bytes_received:61 lastsnd:900 lastrcv:5000 lastack:880'), 1, 'one on a connection that had answers');
    is(waits(0, 'bytes_received:61 lastsnd:900 lastrcv:900 lastack:880'), 1, 'in the same tick of the clock');
    is(waits(0, 'bytes_received:999 lastsnd:2500 lastrcv:40 lastack:40'), 0, 'an answer that arrives');
    is(waits(0, 'bytes_received:999 lastsnd:2500 lastrcv:1000 lastack:900'), 1, 'one that has stopped');
    is(waits(65_160, 'bytes_received:999 lastsnd:9500 lastrcv:9000 lastack:9000'), 0, 'one whose client is slow');
};

subtest 'haproxy.cfg says who may be slow' => sub {
    my %read = Silence::patience(<<~'END');
        backend web
            # server that is none 10.0.0.1:80  # url: gone 1ms, silent 1ms
            server web-a  172.20.0.2:80
            server shop   10.0.0.7:8080  # url: gone 3000ms, silent 300000ms
            server other  shop.example:443 ssl verify required resolvers dns  # url: gone 7500ms, silent 60000ms
        backend last-resort
            server shop   10.0.0.7:8080  # url: gone 3000ms, silent 300000ms
        END
    is_deeply([ sort keys %read ], [ 'last-resort/shop', 'web/other', 'web/shop' ]);
    is_deeply($read{'web/other'}, { gone => 7500, silent => 60_000 });
};

subtest 'where a server is, for ss' => sub {
    is_deeply([ Silence::place('192.0.2.7:80') ], [ '192.0.2.7', 80 ]);
    is_deeply([ Silence::place('[2001:db8::7]:8080') ], [ '[2001:db8::7]', 8080 ], 'IPv6');
    is_deeply([ Silence::place($_) ], [], "'$_'") for '', 'unix@/run/x.sock', '2001:db8::7';
};

subtest 'what Tandem renders is understood' => sub {
    my ($line) = Home::text("$Home::TOP/src/test/golden/render/patience/expected.diff") =~ /^\+( +server app-1 .*\n)/m;
    my %read = Silence::patience("backend web\n$line");
    is_deeply($read{'web/app-1'}, { gone => 7500, silent => 60_000 });
};

# A cable that is cut takes all of them at once: a process for each would be a thousand.
subtest 'the kernel is asked for some at a time' => sub {
    no warnings 'redefine';
    my (@asked, $said);
    local *Command::ask   = sub { push @asked, $_[4]; return { good => 1 } };
    local *Command::heard = sub { return $said };
    local *Run::now = sub { return 1000 };    # a look that takes long is followed by a rest
    local *Haproxy::talk  = sub {
        return join "\n", '# pxname,svname,status,check_status,addr', 'web,other,UP,L7OK,192.0.2.254:80',
            map { "web,$_,DOWN,L4TOUT,192.0.2.$_:80" } 1 .. 100;
    };
    socketpair my $here, my $there, AF_UNIX, SOCK_DGRAM, PF_UNSPEC or die;
    syswrite $there, "Server web/$_ is DOWN, reason: Layer4 timeout" for 1 .. 100;
    Servers::end_silent($here) for 1 .. 5;
    is(@asked, Servers::MOST, 'as many as may be');
    $said = '';
    my @done = map { Servers::end_silent($here) } 1 .. 10;
    my %asked = map { $_ => 1 } @asked;
    is(keys %asked, 100, 'and the others after them');
    is(@done, 100);
};

done_testing;
