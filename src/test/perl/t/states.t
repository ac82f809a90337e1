# What a new worker of HAProxy is told of the web servers at a reload.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use Test::More;
use States;

# A line of servers.state as Tandem writes it, and one as `show servers state` prints it.
sub asked ($backend, $server, $admin = 0) { return "0 $backend 0 $server - 2 $admin 100 100 0 1 0 0 6 0 0 0 - 80 - 0 0 - - 0" }

sub said ($backend, $server, $address, $state, $admin = 0, $fqdn = '-') {
    return "3 $backend 1 $server $address $state $admin 100 100 7 6 3 4 6 0 0 0 $fqdn 80 - 0 0 - - 0";
}

# Of each line: server, address, state, name.
sub told ($asked, $said) { return map { join ' ', $_->@[ 3, 4, 5, 17 ] } States::with(join("\n", 1, @$asked), join("\n", 1, @$said)) }

subtest 'who is down begins as down, and who is new beside one that is up' => sub {
    is_deeply(
        [ told([ map { asked('web', $_) } qw(a b c) ], [ said('web', 'a', '192.0.2.1', 2), said('web', 'b', '192.0.2.2', 0) ]) ],
        [ 'a - 2 -', 'b - 0 -', 'c - 0 -' ],
    );
};

subtest 'where a hostname leads to is known without a question to DNS, in the last resort too' => sub {
    my @servers = map { my $backend = $_; map { [ $backend, "app-$_" ] } 1 .. 3 } qw(web last-resort);
    my @said    = map {
        my ($backend, $server) = @$_;
        my ($number) = $server =~ /(\d)/;
        $number == 3 ? said($backend, $server, '-', 0, 32, 'app.test') : said($backend, $server, "192.0.2.$number", 2, 0, 'app.test');
    } @servers;
    is_deeply(
        [ told([ map { asked(@$_) } @servers ], \@said) ],
        [ ('app-1 192.0.2.1 2 app.test', 'app-2 192.0.2.2 2 app.test', 'app-3 - 2 app.test') x 2 ],
    );
};

subtest 'an address in haproxy.cfg is not for the old worker to say' => sub {
    is_deeply([ told([ asked('web', 'a') ], [ said('web', 'a', '192.0.2.9', 2) ]) ], ['a - 2 -']);
};

done_testing();
