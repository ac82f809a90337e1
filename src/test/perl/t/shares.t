# How many requests of each web server failed lately: over a window, and over reloads.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use Shares;
use Stats;
use Test::More;

# A web server that is asked ten times a second; of a hundred requests so many fail.
package Served {
    sub new ($class) { return bless { now => 1000, state => {}, count => {}, status => 'UP' }, $class }

    # @param seconds for which it goes on, a look each second
    sub goes_on ($self, $seconds, $failing, %column) {
        for (1 .. $seconds) {
            $self->{count}{stot} += 10;
            $self->{count}{ $column{as} // 'hrsp_5xx' } += $failing / 10;
            $self->look;
        }
        return $self;
    }

    sub reloaded ($self) { $self->{count} = {}; return $self }

    sub look ($self) {
        $self->{now}++;
        my %row = (pxname => 'web', svname => 'web-a', status => $self->{status}, map { $_ => 0 } qw(stot wretr eresp hrsp_4xx hrsp_5xx cli_abrt));
        $row{$_} = int $self->{count}{$_} for keys %{ $self->{count} };
        $self->{state} = Shares::look($self->{state}, [ \%row ], $self->{now});
    }

    sub told ($self) { return join '; ', Shares::lines($self->{state}, $self->{now}) }
}

package main;

is(Served->new->goes_on(31, 0)->told, 'web/web-a 30 300 0 0 0 0', 'all is well');
is(Served->new->goes_on(31, 20)->told, 'web/web-a 30 300 60 0 10 0', 'a fifth fails');
is(Served->new->goes_on(31, 20, as => 'cli_abrt')->told, 'web/web-a 30 300 0 60 10 0', 'clients give up');
is(Served->new->goes_on(31, 20, as => 'wretr')->told, 'web/web-a 30 300 60 0 10 0', 'tried again elsewhere');
is(Served->new->goes_on(31, 20, as => 'eresp')->told, 'web/web-a 30 300 60 0 10 0', 'cut');
is(Served->new->goes_on(31, 20, as => 'hrsp_4xx')->told, 'web/web-a 30 300 0 0 0 60', '4xx is told, and no failure');

like(Served->new->goes_on(1000, 0)->goes_on(20, 100)->told, qr{^web/web-a 6\d 6\d0 200 0 [5-9]0 0$},
    'what was good for long hides nothing');
like(Served->new->goes_on(100, 100)->goes_on(15, 0)->told, qr{^web/web-a 6\d 6\d0 4\d\d 0 0 0$}, 'it has ended');
like(Served->new->goes_on(100, 100)->goes_on(70, 0)->told, qr{^web/web-a 6\d 6\d0 0 0 0 0$}, 'it is forgotten');

is(Served->new->goes_on(21, 20)->reloaded->goes_on(10, 20)->told, 'web/web-a 30 300 60 0 10 0',
    'a reload hides nothing, and makes nothing up');

my $back = Served->new->goes_on(30, 50);
$back->{status} = 'DOWN';
$back->goes_on(3, 0);
$back->{status} = 'UP';
is($back->goes_on(10, 0)->told, 'web/web-a 10 100 0 0 0 0', 'one that is back begins from 0');

my $csv = "# pxname,svname,status,stot,eresp,wretr,hrsp_4xx,hrsp_5xx,cli_abrt\nweb,web-a,UP,8,2,3,0,1,4\n";
my ($row) = Stats::rows($csv);
is(Stats::failed($row), 4, 'one that was cut and tried again counts once');
my $state = Shares::look({}, [$row], 0);
is(join('; ', Shares::lines($state, 0)), 'web/web-a 0 0 0 0 0 0', 'what was before the first look is not told');
is_deeply(Shares::look($state, [], 1), {}, 'a web server that is gone is forgotten');

done_testing;
