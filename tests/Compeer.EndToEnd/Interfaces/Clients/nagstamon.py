"""Nagstamon's class for livestatus, as its package brings it, without the windows around it."""
import sys
import types

folder, address = sys.argv[1:3]
sys.path.insert(0, folder)


class GenericServer:
    """What the class inherits asks nothing of livestatus."""

    def __init__(self):
        self.name = "test"
        self.hosts = {}


package = types.ModuleType("Nagstamon")
package.__path__ = [folder + "/Nagstamon"]
servers = types.ModuleType("Nagstamon.Servers")
servers.__path__ = [folder + "/Nagstamon/Servers"]
generic = types.ModuleType("Nagstamon.Servers.Generic")
generic.GenericServer = GenericServer
config = types.ModuleType("Nagstamon.Config")
config.conf = types.SimpleNamespace(filter_acknowledged_hosts_services=True, debug_mode=False)
config.AppInfo = types.SimpleNamespace(NAME="Nagstamon")
helpers = types.ModuleType("Nagstamon.Helpers")
sys.modules.update({
    "Nagstamon": package, "Nagstamon.Servers": servers, "Nagstamon.Servers.Generic": generic,
    "Nagstamon.Config": config, "Nagstamon.Helpers": helpers})

from Nagstamon.Servers.Livestatus import LivestatusServer  # noqa: E402

server = LivestatusServer()
server.monitor_url = "http://" + address
server.init_config()
server._get_status()
for host in server.new_hosts.values():
    print("host", host.name, host.status)
    for service in host.services.values():
        print("service", service.name, service.status, service.status_type, service.status_information)
server.hosts = server.new_hosts
server.set_acknowledge({
    "host": "h", "service": "bad", "sticky": True, "notify": False, "persistent": False, "author": "nagstamon", "comment": "seen"})
