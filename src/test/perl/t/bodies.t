# Which uploads are ended: those that bring next to nothing, and no others. The texts are what HAProxy 3.0 says.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use Bodies;
use Test::More;

# A session of `show sess older 2s`, without what nobody looks at.
sub session (%with) {
    my %s = (id => 7848, total => 86, request => 'MSG_DATA', answer => 'MSG_RPBEFORE', front => '+0/0', back => '+0/0', channel => 0, %with);
    return <<~"END";
        0x7f5c9fcaa400: [29/Nov/2026:07:11:15.698460] id=$s{id} proto=tcpv4 source=172.17.0.1:46930
          flags=0x200084a, conn_retries=0, conn_exp=<NEVER> conn_et=0x000 srv_conn=0x7f5ca1066000, pend_pos=(nil) waiting=0 epoch=0
          task=0x7f5ca01793e0 (state=0x00 nice=0 calls=3 rate=0 exp=19s tid=0(1/0) age=40s)
          txn=0x7f5ca01852a0 flags=0x100000 meth=3 status=-1 req.st=$s{request} rsp.st=$s{answer} req.f=0x0d rsp.f=0x00
          scf=0x7f5ca007b200 flags=0x00000000 ioto=1m state=EST endp=CONN,0x7f5ca01928c0,0x50700001 sub=1 rex=52s wex=<NEVER> rto=52s wto=<NEVER>
               h1c=0x7f5ca029a240 h1c.flg=0x4000 .sub=1 .ibuf=17408\@0x7f5ca00$s{front} .obuf=0\@(nil)+0/0 .task=0x7f5ca01792a0 .exp=<NEVER>
          scb=0x7f5ca00da920 flags=0x00000401 ioto=1m state=EST endp=CONN,0x7f5ca0192980,0x50400001 sub=1 rex=<NEVER> wex=<NEVER> rto=52s wto=<NEVER>
               h1c=0x7f5ca0192500 h1c.flg=0x80000000 .sub=1 .ibuf=0\@(nil)+0/0 .obuf=17408\@0x7f5ca00$s{back} .task=0x7f5ca01797a0 .exp=<NEVER>
          req=0x7f5c9fcaa428 (f=0x840001 an=0x8000 tofwd=-1 total=$s{total})
              an_exp=<NEVER> buf=0x7f5c9fcaa430 data=(nil) o=$s{channel} p=0 i=0 size=0
              htx=0x5578a224e660 flags=0x0 size=0 data=0 used=0 wrap=NO extra=0
          res=0x7f5c9fcaa470 (f=0x80000000 an=0x1400000 tofwd=0 total=0)
              an_exp=<NEVER> buf=0x7f5c9fcaa478 data=(nil) o=0 p=0 i=0 size=0
        END
}

# After how many seconds one is ended that gets on so; 0 for never.
sub ended_after ($bytes_a_second, %with) {
    my $state = {};
    for my $look (0 .. 30) {
        my $now  = $look * Bodies::EVERY;
        my $text = session(%with, total => 86 + int $bytes_a_second * $now);
        ($state, my @end) = Bodies::look($state, Bodies::under_way('', $text), 1000 + $now);
        return $now if @end;
    }
    return 0;
}

is(ended_after(1 / 8), 50, 'a byte in 8 s: ended at the first look after 50 s');
is(ended_after(0), 50, 'nothing at all');
is(ended_after(25), 0, 'a packet a minute lives');
is(ended_after(1 / 8, request => 'MSG_DONE'), 0, 'a whole request that waits for its answer lives');
is(ended_after(1 / 8, request => 'MSG_TUNNEL'), 0, 'a WebSocket lives');
is(ended_after(1 / 8, answer => 'MSG_DATA'), 0, 'a conversation lives');
is(ended_after(1 / 8, answer => 'MSG_DONE'), 50, 'an answer that ended before the body, a 404 say, excuses nobody');
is(ended_after(1 / 8, channel => 900), 0, 'a web server that does not read is not held against the client');
is(ended_after(1 / 8, back => '+900/17408'), 0, 'nor one whose kernel takes no more');
is(ended_after(1 / 8, front => '+9/17408'), 50, 'half of a line that ends a chunk is none of that');

# A stall of 40 s after 10 MB.
my $state = {};
my @ended;
for my $now (map { 10 * $_ } 0 .. 20) {
    my $total = $now < 60 ? 200_000 * $now : $now < 100 ? 12_000_000 : 12_000_000 + 100 * ($now - 100);
    ($state, my @end) = Bodies::look($state, Bodies::under_way('', session(total => $total)), $now);
    push @ended, $now if @end;
}
is_deeply(\@ended, [], 'who has lost its line for 40 s lives');

# The same after it has had its 10 MB: what was once quick is no licence.
@ended = ();
$state = {};
for my $now (map { 10 * $_ } 0 .. 20) {
    my $total = $now < 60 ? 200_000 * $now : 12_000_000;
    ($state, my @end) = Bodies::look($state, Bodies::under_way('', session(total => $total)), $now);
    push @ended, $now if @end;
}
is($ended[0], 110, 'and who never comes back does not');

my $two = Bodies::under_way(4711, session() . session(id => 9) =~ s/^0x7f5c9fcaa400/0x7f5c9fcab400/r);
is_deeply([ sort keys %$two ], [ '0x7f5c9fcaa400 7848', '0x7f5c9fcab400 9' ], 'each session is one');
is_deeply($two->{'0x7f5c9fcaa400 7848'}, { worker => 4711, id => '0x7f5c9fcaa400', total => 86, waits => 1 }, 'as it is ended');
is_deeply(Bodies::under_way('', ''), {}, 'no answer, no session');

done_testing();
