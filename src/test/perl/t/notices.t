# What is told to people, when, by whom and how often: the modules of `notifier`, and `notifier` itself against
# receivers that are slow, wrong or dead. Over TLS, and through a balancer: NotifyTest.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use JSON::PP ();
use Moved;
use Notices;
use Receivers;
use Test::More;

my $AT = Notices::seconds('2026-11-29T14:00:00.000Z');
sub at ($seconds) {
    my $tenths = sprintf '%.0f', 1000 * ($seconds + 0);
    return sprintf '2026-11-29T%02d:%02d:%02d.%03dZ', 14 + $tenths / 3_600_000, $tenths / 60_000 % 60, $tenths / 1000 % 60, $tenths % 1000;
}

# A balancer that lives through what is given: seconds => [ texts of events ], and what is else so from then on.
sub told ($holds, $until, %history) {
    my ($state, @told) = Notices::new();
    my %more;
    for my $tenth (0 .. 10 * $until) {
        my $now = $tenth / 10;
        my $new = $history{$now} // [];
        my @events = map { { time => at($now), number => $tenth, text => $_ } } grep { !ref } @$new;
        %more = (%more, %$_) for grep { ref } @$new;
        ($state, my @new) = Notices::look($state, {
            now => $AT + $now, node => 'haproxy-a', boot => 'b1', holds => $holds, duty => 'serve', duty_since => $AT, events => \@events, %more });
        push @told, map { sprintf '%s %s', $now, $_->{text} } @new;
    }
    return \@told;
}

my $DOWN = 'Server web/web-a is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. 1 active';
my $UP   = 'Server web/web-a is UP, reason: Layer7 check passed, code: 200, check duration: 1ms. 2 active';

subtest 'a server that is down is told once, and so is its end' => sub {
    is_deeply(told(1, 30, 1 => [ $DOWN, $DOWN =~ s{web/}{web-tls/}r ], 2 => [$DOWN], 20 => [$UP], 20.5 => [ $UP =~ s{web/}{web-tls/}r ]), [
        '4 web-a is down in web, web-tls: Layer4 connection problem, info: "Connection refused"', '23.5 web-a is up again, after 20 s' ]);
    is_deeply(told(1, 30, 1 => [$DOWN], 3 => [$UP], 10 => [$DOWN], 11.5 => [$UP]), [], 'one that is back at once was never down for people');
    is_deeply(told(1, 30, 1 => [$DOWN], 10 => [$UP], 11 => [$DOWN], 20 => [$UP]),
        [ '4 web-a is down in web: Layer4 connection problem, info: "Connection refused"', '23 web-a is up again, after 9.0 s' ],
        'one that is up for a moment is still down');
};

subtest 'who holds the VIP tells' => sub {
    is_deeply(told(0, 30, 1 => [$DOWN], 20 => [$UP]), [], 'who does not is silent');
    my $takes = { holds => 1, since => $AT + 3 };
    is_deeply(told(0, 30, 1 => [$DOWN], 3 => [$takes]), [ '4 web-a is down in web: Layer4 connection problem, info: "Connection refused"' ],
        'what the one before had no time to tell');
    is_deeply(told(0, 30, 1 => [$DOWN], 12 => [ { holds => 1, since => $AT + 12 } ], 20 => [$UP]), [ '23 web-a is up again, after 19 s' ],
        'what it has told is not told again; the end is');
};

subtest 'a pool that is down is told instead of its servers' => sub {
    my $told = told(1, 40, 1 => [ $DOWN, $DOWN =~ s/web-a/web-b/r, 'backend web has no server available!' ], 20 => [ $UP =~ s/web-a/web-b/r ]);
    is_deeply($told, [ '4 no server of web is up', '23 web has a server again, after 19 s',
        '23 web-a is down in web: Layer4 connection problem, info: "Connection refused"' ]);
};

subtest 'a move is told by who took the VIP, when the cause may be known' => sub {
    is_deeply(told(0, 10, 1 => [ 'VRRP MASTER', { holds => 1 } ]), ['3 haproxy-a holds the VIP']);
};

subtest 'two that hold the VIP are told, with the same id by both' => sub {
    my $twins = { twins => ['haproxy-b:b2'] };
    is_deeply(told(1, 10, 1 => [$twins], 5 => [ { twins => [] } ]),
        [ '1.1 haproxy-a and haproxy-b hold the VIP, all at once', '5 one balancer holds the VIP again' ]);
    my @ids;
    for my $one ([ 'haproxy-a', 'b1', 'haproxy-b:b2' ], [ 'haproxy-b', 'b2', 'haproxy-a:b1' ]) {
        my $state = Notices::new();
        for (1 .. 2) {
            ($state, my @new) = Notices::look($state, { now => $AT, node => $one->[0], boot => $one->[1], holds => 1, events => [], twins => [ $one->[2] ] });
            push @ids, map { $_->{id} } @new;
        }
    }
    is(@ids, 2);
    is($ids[0], $ids[1]);
    my $moved = told(1, 10, 1 => [ { twins => ['haproxy-b:b2'] } ], 1.1 => [ { twins => [] } ]);
    is_deeply($moved, [], 'seen once it is a move');
};

subtest 'maintenance that was forgotten, and certificates that end' => sub {
    is_deeply(told(0, 3, 1 => [ { duty => 'maintenance', duty_since => $AT - 86_398 } ]), ['2 haproxy-a has been told to be in maintenance for a day']);
    my $end = $AT + 7 * 86_400 + 1;
    is_deeply(told(1, 5, 0 => [ { certificates => { 'site.pem' => $end } } ]), ['1.1 site.pem ends in less than 7 days']);
    is_deeply(told(1, 5, 0 => [ { certificates => { 'site.pem' => $AT + 6 * 86_400 } } ]), [], 'what was so at the first look is not news');
};

subtest 'there is an end to what is told, and it is said how much was not' => sub {
    my %history = map { ($_ => [ 'VRRP MASTER' ]) } 1 .. 30;
    my $told = told(1, 700, %history);
    is(scalar(grep { /holds the VIP/ } @$told), Notices::MOST);
    like($told->[-1], qr/^\d+\S* 10 more things happened in the last 10 minutes$/);
};

subtest 'why the VIP moved is a sentence' => sub {
    my @events = map { { node => $_->[0], time => at($_->[1]), text => $_->[2] } } (
        [ 'haproxy-a', 0, 'VRRP MASTER' ], [ 'haproxy-a', 60.122, 'haproxy ended at ' . at(60.120) . ': signal 9' ], [ 'haproxy-a', 60.123, 'haproxy_down=1' ],
        [ 'haproxy-b', 60.174, 'VRRP MASTER' ], [ 'haproxy-a', 62, 'haproxy_down=0' ], [ 'haproxy-a', 62.2, 'VRRP MASTER' ] );
    is(Moved::sentence('haproxy-b', $AT + 60.174, at(60.174), @events), 'haproxy-a: HAProxy ended with signal 9 at 14:01:00.120 UTC; haproxy-b held the VIP 54 ms later');
    is(Moved::sentence('haproxy-a', $AT + 62.2, at(62.2), @events), 'haproxy-a was well again and took the VIP back from haproxy-b at 14:01:02.200 UTC');
    is(Moved::sentence('haproxy-b', $AT + 60.174, at(60.174), @events[ 0, 3 ]), 'haproxy-b heard no more of haproxy-a and holds the VIP since 14:01:00.174 UTC');
    is(Moved::sentence('haproxy-a', $AT, at(0), @events), 'haproxy-a holds the VIP since 14:00:00.000 UTC');

    my @unsaid = map { { node => $_->[0], time => at($_->[1]), text => $_->[2] } } (
        [ 'haproxy-a', 0, 'VRRP MASTER' ], [ 'haproxy-b', 5, 'VRRP MASTER' ], [ 'haproxy-b', 5.2, 'VRRP BACKUP' ], [ 'haproxy-a', 60, 'haproxy_down=1' ],
        [ 'haproxy-a', 60.1, 'VRRP FAULT' ] );
    is(Moved::sentence('haproxy-b', $AT + 60.125, at(60.125), @unsaid),
        'haproxy-a: HAProxy did not answer at 14:01:00.000 UTC; haproxy-b held the VIP 125 ms later', 'who never said that it is master no more');

    my @again = map { { node => 'haproxy-a', time => at($_->[0]), text => $_->[1] } } (
        [ 0, 'VRRP MASTER' ], [ 8, 'haproxy ended at ' . at(8) . ': signal 9' ], [ 8.3, 'haproxy_down=0' ], [ 9.875, 'haproxy_down=1' ] );
    is(Moved::sentence('haproxy-b', $AT + 10, at(10), @again), 'haproxy-a: HAProxy did not answer at 14:00:09.875 UTC; haproxy-b held the VIP 125 ms later', 'what came after it was back');
    is(Moved::sentence('haproxy-b', $AT + 12, at(12), @again[ 0 .. 2 ]), 'haproxy-b heard no more of haproxy-a and holds the VIP since 14:00:12.000 UTC', 'what was over long before');
};

my $CONFIG = <<'END';
backend tandem_speaker
    http-request set-header X-Tandem-Node "shop haproxy-a shop-haproxy-a"
    # notify ops ntfy https://ntfy.example.org/shop about=vip,pools
    # notify slack slack https://hooks.example.org/{token} about=vip token
    # notify bot telegram https://api.example.org/bot{token}/sendMessage about=servers chat=-100 token proxy=http://10.0.0.1:3128
    # notify own json https://10.0.0.9/hook about=vip token ca
END

subtest 'who is told stands in haproxy.cfg, and each gets what it understands' => sub {
    my @all = Receivers::parsed($CONFIG);
    is_deeply([ map { $_->{name} } @all ], [qw(ops slack bot own)]);
    is_deeply([ map { $_->{name} } Receivers::for_kind('servers', @all) ], ['bot']);
    is(scalar Receivers::for_kind('test', @all), 4, 'a test is for all');
    is($all[2]{proxy}, 'http://10.0.0.1:3128');
    my $notice = { id => 'i', kind => 'vip', is => 'trouble', subject => 'VIP', text => 'It "moved".', time => 't', site => 'shop', node => 'haproxy-a' };
    my ($ops, $slack, $bot, $own) = map { Receivers::request($_, $notice, $_->{token} ? 's3cret' : '') } @all;
    is($ops->{body}, qq(It "moved".\n));
    is($ops->{headers}{Title}, 'shop: VIP');
    is($slack->{url}, 'https://hooks.example.org/s3cret');
    is($slack->{headers}{Authorization}, undef, 'a token is in one place');
    is_deeply(JSON::PP::decode_json($slack->{body}), { text => 'shop: It "moved".' });
    is_deeply(JSON::PP::decode_json($bot->{body}), { chat_id => '-100', text => 'shop: It "moved".' });
    is($own->{headers}{Authorization}, 'Bearer s3cret');
    is_deeply(JSON::PP::decode_json($own->{body}), { version => 1, %$notice });
    is(Receivers::verdict($_), 'done') for 200, 204;
    is(Receivers::verdict($_), 'again') for 429, 500, 599;
    is(Receivers::verdict($_), 'never') for 301, 401, 404;
};

done_testing();
