# Place: lets a program of the image run outside of it, with its directories elsewhere:
#
#   perl -Iimages/balancer/lib -Isrc/test/perl/lib -MPlace images/balancer/init
package Place;
use v5.36;
use Duty;
use Haproxy;
use Listeners;
use Redirects;
use Run;

$Run::DIR         = "$ENV{TANDEM_TEST_PLACE}/run";
$Haproxy::SOCKETS = "$ENV{TANDEM_TEST_PLACE}/haproxy";
$Duty::FILE       = "$ENV{TANDEM_TEST_PLACE}/duty";
($Listeners::HAPROXY, $Listeners::KEEPALIVED) = map { "$ENV{TANDEM_TEST_PLACE}/$_" } qw(haproxy.cfg keepalived.conf);
@Redirects::REFUSE = @Redirects::REFUSE6 = ('true');    # this machine's packet filter is no balancer's

1;
