# Debian's libmonitoring-livestatus-perl, which Thruk is built on: rows, hashes, statistics, an error, a command.
use strict;
use warnings;
use Monitoring::Livestatus;

my $live = Monitoring::Livestatus->new(socket => $ARGV[0], warnings => 0, errors_are_fatal => 0);
my $hosts = $live->selectall_arrayref("GET hosts\nColumns: name state plugin_output groups", { Slice => 1 });
print "host $_->{name} $_->{state} $_->{plugin_output}\n" for @$hosts;
my $services = $live->selectall_hashref("GET services\nColumns: description state host_name\nSort: description desc", 'description');
print "service $_ $services->{$_}{state} on $services->{$_}{host_name}\n" for sort keys %$services;
my @totals = $live->selectrow_array("GET services\nStats: state = 0\nStats: state = 2");
print "totals @totals\n";
$live->do("COMMAND [" . time() . "] ADD_HOST_COMMENT;h;1;perl;from perl");
my $comments = $live->selectall_arrayref("GET comments\nColumns: host_name author comment");
print "comment @$_\n" for @$comments;
print "commands " . scalar(@{ $live->selectcol_arrayref("GET commands\nColumns: name\nFilter: name = ok") }) . "\n";
$live->selectall_arrayref("GET nothing\nColumns: name");
print "error $Monitoring::Livestatus::ErrorCode\n";
