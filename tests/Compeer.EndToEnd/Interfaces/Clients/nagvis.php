<?php
// NagVis' backend for livestatus, as its package brings it, without the web server around it.
define('MATCH_SOCKET', ''); define('MATCH_BOOLEAN', ''); define('MATCH_STRING_PATH', ''); define('MATCH_INTEGER', '');
foreach (['COUNT_QUERY' => true, 'HOST_QUERY' => true, 'MEMBER_QUERY' => true, 'GET_STATE' => true, 'GET_SINGLE_MEMBER_STATES' => true,
    'UNCHECKED' => 10, 'PENDING' => 15, 'OK' => 12, 'WARNING' => 13, 'CRITICAL' => 14, 'UNKNOWN' => 16, 'ERROR' => 17, 'UP' => 11,
    'DOWN' => 18, 'UNREACHABLE' => 19, 'SCOPE' => 1] as $name => $value) { define($name, $value); }
class BackendConnectionProblem extends Exception {}
class BackendInvalidResponse extends Exception {}
class BackendException extends Exception {}
interface GlobalBackendInterface {}
function l($text, $values = []) { return $text . json_encode($values); }
function cfg($section, $name) {
    global $argv;
    $all = ['socket' => $argv[2], 'timeout' => 5, 'only_permitted_objects' => false, 'staleness_threshold' => 1.5];
    return $all[$name] ?? false;
}
class Named {
    public function __construct(private $name, private $service = '') {}
    public function getName() { return $this->name; }
    public function getServiceDescription() { return $this->service; }
    public function getType() { return $this->service === '' ? 'host' : 'service'; }
    public function hasExcludeFilters($isCount) { return false; }
}
require $argv[1];
$backend = new GlobalBackendmklivestatus('live');
$byName = [['key' => 'host_name', 'op' => '=', 'val' => 'name']];
$byService = [['key' => 'host_name', 'op' => '=', 'val' => 'name'], ['key' => 'service_description', 'op' => '=', 'val' => 'x']];
foreach ($backend->getObjects('service', 'h') as $row) { echo 'object ', json_encode($row), "\n"; }
$host = $backend->getHostState(['h' => [new Named('h')]], 0, $byName)['h'];
echo 'host ', $host[0] === UP ? 'up' : 'not up', ' ', $host[1], "\n";
$service = $backend->getServiceState(['h~~bad' => [new Named('h', 'bad')]], 0, $byService);
echo 'service ', json_encode(array_keys($service)), ' ', $service['h~~bad'][0] === CRITICAL ? 'critical' : 'not critical', "\n";
$counts = $backend->getHostMemberCounts(['h' => [new Named('h')]], 0, $byName)['h']['counts'];
echo 'counts ', array_sum($counts[OK]), ' ', array_sum($counts[CRITICAL]), "\n";
echo 'parents ', json_encode($backend->getHostNamesWithNoParent()), "\n";
echo 'problems ', json_encode($backend->getHostNamesProblematic()), "\n";
echo 'start ', $backend->getProgramStart() > 1500000000 ? 'known' : 'not known', "\n";
$backend->actionAcknowledge('service', 'h;bad', 'from nagvis', 1, 0, 0, 'nagvis');
echo 'acknowledged ', json_encode($backend->query('single-column', "GET services\nFilter: description = bad\nColumns: acknowledged\n")), "\n";
