# Web servers of ours are asked all at once which files they run, and one that is late holds up nobody.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use IO::Socket::INET;
use Nginx;
use POSIX ();
use Run;
use Test::More;

my $ok = "HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n";

# A listener on an address of lo, and a process that serves each question with $answer.
sub serving ($address, $answer) {
    my $socket = IO::Socket::INET->new(LocalAddr => $address, LocalPort => $Nginx::PORT // 0, Listen => 500) or die "$address: $!\n";
    my $pid = fork // die "fork: $!\n";
    return ($socket, $pid) if $pid != 0;
    while (my $client = $socket->accept) {
        my $question = <$client>;
        $client->syswrite(ref $answer ? $answer->($question) : $answer) if defined $answer;
        sleep 30 unless defined $answer;
        close $client;
    }
    POSIX::_exit(0);
}

# The first takes any port, the others the same one.
$Nginx::PORT = undef;
my ($first, $well) = serving('127.0.8.1', sub ($q) { $q eq "GET /loaded HTTP/1.0\r\n" ? "${ok}loaded=12\nloaded_certificate=34\n" : '' });
$Nginx::PORT = $first->sockport;
my ($mute, $silent) = serving('127.0.8.2', undef);
my ($none, $other)  = serving('127.0.8.3', "HTTP/1.1 404 Not Found\r\n\r\nloaded=1\n");
my ($much, $long)   = serving('127.0.8.4', $ok . 'x' x 10_000);

subtest 'who answers is heard, and who does not is not' => sub {
    my $began = Run::now();
    my %said  = Nginx::loaded(0.5, a => '127.0.8.1', b => '127.0.8.2', c => '127.0.8.3', d => '127.0.8.4', e => '127.0.8.5');
    is_deeply(\%said, { a => "loaded=12\nloaded_certificate=34\n" });
    cmp_ok(Run::now() - $began, '<', 5);
};

subtest 'a thousand are asked in their time' => sub {
    my %said = Nginx::loaded(20, map { $_ => '127.0.8.1' } 1 .. 1000);
    is(keys %said, 1000);
};

subtest 'nobody is asked' => sub { is_deeply([ Nginx::loaded(1) ], []) };

kill 'KILL', $well, $silent, $other, $long;
waitpid $_, 0 for $well, $silent, $other, $long;
done_testing;
