# Home: where the sources lie, and the modules of the image.
package Home;
use v5.36;
use Cwd qw(abs_path);
use File::Basename qw(dirname);

our ($TOP, $IMAGE, $TESTS);

BEGIN {
    $TESTS = abs_path(dirname(__FILE__) . '/..');
    $TOP   = abs_path("$TESTS/../../..");
    $IMAGE = "$TOP/images/balancer";
    unshift @INC, "$IMAGE/lib";
}

# What a file says.
sub text ($path) {
    open my $file, '<', $path or die "$path: $!\n";
    local $/ = undef;
    return scalar <$file>;
}

# Waits until something holds, for at most ten seconds; whether it did.
sub await ($holds, $seconds = 10) {
    for (1 .. $seconds * 100) {
        return 1 if $holds->();
        select undef, undef, undef, 0.01;
    }
    return $holds->() ? 1 : 0;
}

1;
