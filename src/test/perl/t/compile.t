# Every Perl file of the project compiles, without a warning.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use File::Find;
use Home;
use Test::More;

sub is_perl ($path) {
    return 1 if $path =~ /\.(pm|t)$/;
    return 0 unless -f $path && -x _ && open my $file, '<', $path;
    return (<$file> // '') =~ m{^#!.*\bperl};
}

my @perl;
find({ no_chdir => 1, wanted => sub { push @perl, $_ if is_perl($_) } },
    map { "$Home::TOP/$_" } qw(images src/test/perl setup bench));

ok(@perl > 20, 'there are Perl files: ' . @perl);
for my $file (sort @perl) {
    my $said = `perl -wc -I$Home::IMAGE/lib -I$Home::TESTS/lib $file 2>&1`;
    is($said =~ s/^\S+ syntax OK\n//r, '', "compiles: " . substr $file, 1 + length $Home::TOP);
}

# Whoever packs ARP by hand packs it differently.
my @arp = grep { Home::text($_) =~ /n n C C n/ } grep { !/compile\.t$/ } @perl;
is("@arp", "$Home::IMAGE/lib/Arp.pm", 'one place packs ARP');

# Process 1 waits for no program without a limit. Its modules, and theirs; those of others may.
my %loaded;
my @look = ("$Home::IMAGE/init");
while (my $file = shift @look) {
    next if $loaded{$file}++;
    push @look, grep { -f } map { "$Home::IMAGE/lib/$_.pm" } Home::text($file) =~ /^use ([A-Z]\w*)\b/mg;
}
ok(keys %loaded > 20, 'the init and its modules are looked at: ' . keys %loaded);
for my $file (sort keys %loaded) {
    my $code = join '', grep { !/^\s*#/ } split /^/, Home::text($file);
    unlike($code, qr/`|\bqx\b|\bsystem\b|\bpopen\b|open\b[^;]*['"](\||-\|)/, "no program without a limit: $file");
}

done_testing;
