# Receivers: who is told what happens (`notify` in the site file), as haproxy.cfg has them, in lines that HAProxy
# does not read:
#
#     # notify ops slack https://hooks.example.com/services/{token} about=vip,pools token
#     # notify mail mail smtp://mail.example.com:587 about=vip from=us@example.com to=a@example.com,b@example.com token
#     # notify pager command - about=vip
#
# and what is sent to each. Pure, but for `wanted`. A token stands in no line, and in nothing that is logged: it is
# put in when something is sent.
package Receivers;
use v5.36;
use Json;

use constant FORMS => qw(json slack telegram ntfy);

my ($seen, $any) = ('', 0);

# Whether there are any; the file is read when it is another one.
sub wanted ($file) {
    my $stamp = join ' ', (stat $file)[ 1, 7, 9 ];
    ($seen, $any) = ($stamp, scalar parsed(text($file))) if $stamp ne $seen;
    return $any;
}

sub text ($file) {
    open my $in, '<', $file or return '';
    local $/ = undef;
    return <$in> // '';
}

# All of a haproxy.cfg, each with name, form, url, about (by kind), and chat, proxy, token, ca where it has them.
sub parsed ($text) {
    return map { parsed_line($_) } $text =~ /^ *# notify (\S+ \S+ \S+ about=\S+.*)$/mg;
}

sub parsed_line ($line) {
    my ($name, $form, $url, @options) = split ' ', $line;
    my %given = map { /^(\w+)(?:=(.*))?$/ ? ($1 => $2 // 1) : () } @options;
    return { name => $name, form => $form, url => $url, %given, about => { map { $_ => 1 } split /,/, $given{about} } };
}

# Who wants to hear of this; a test is for all.
sub for_kind ($kind, @receivers) { return grep { $kind eq 'test' || $_->{about}{$kind} } @receivers }

# What is to be sent: the URL, the headers and the body.
# @param notice id, kind, is (trouble, well, news or test), subject, text, time; and site and node
sub request ($receiver, $notice, $token) {
    my $url  = $receiver->{url} =~ s/\{token\}/$token/gr;
    my %head = ('Content-Type' => 'application/json', 'User-Agent' => 'tandem');
    $head{Authorization} = "Bearer $token" if $token ne '' && $receiver->{url} !~ /\{token\}/;
    my $line = "$notice->{site}: $notice->{text}";
    return { url => $url, headers => \%head, body => Json::text({ text => $line }) . "\n" } if $receiver->{form} eq 'slack';
    return { url => $url, headers => \%head, body => Json::text({ chat_id => $receiver->{chat}, text => $line }) . "\n" }
        if $receiver->{form} eq 'telegram';
    return { url => $url, headers => { %head, ntfy($notice) }, body => "$notice->{text}\n" } if $receiver->{form} eq 'ntfy';
    return { url => $url, headers => \%head, body => object($notice) };
}

my %TAG = (trouble => 'rotating_light', well => 'white_check_mark', news => 'information_source', test => 'test_tube');

sub ntfy ($notice) {
    return ('Content-Type' => 'text/plain', Title => "$notice->{site}: $notice->{subject}", Tags => $TAG{ $notice->{is} },
        Priority => $notice->{is} eq 'trouble' ? 'high' : 'default');
}

# The object of Tandem's own.
sub object ($notice) { return Json::text({ version => \1, map { $_ => $notice->{$_} } qw(id site node kind is subject text time) }) . "\n" }

# A mail. Whoever tells it, it has the same Message-ID: in a split brain two balancers may.
sub mail ($receiver, $notice, $date) {
    my $id      = $notice->{id} =~ s/[^A-Za-z0-9.-]/./gr;
    my $subject = one_line("[$notice->{site}] $notice->{text}", 150);
    my $text    = join "\n", "From: $receiver->{from}", 'To: ' . join(', ', recipients($receiver)), "Subject: $subject", "Date: $date",
        "Message-ID: <$id\@$notice->{site}.tandem>", 'Auto-Submitted: auto-generated', 'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '',
        "$notice->{site}: " . one_line($notice->{text}, 900), '', "at   $notice->{time}", "by   $notice->{node}", "kind $notice->{kind}, $notice->{is}",
        'id   ' . one_line($notice->{id}, 200), '';
    return $text;
}

sub recipients ($receiver) { return split /,/, $receiver->{to} }

# What others said may stand in a text; nothing of it begins a line of the mail.
sub one_line ($text, $most) {
    my $plain = $text =~ s/[^\x20-\x7e]+/ /gr;
    return length $plain > $most ? substr($plain, 0, $most - 3) . '...' : $plain;
}

# What an answer means: `done`, `again` (later), or `never`: who says so would say it again.
sub verdict ($code) {
    return $code =~ /^2/ ? 'done' : $code =~ /^(?:408|425|429|5..)$/ ? 'again' : 'never';
}

1;
