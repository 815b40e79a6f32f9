"""Debian's python3-pynag, which Adagios is built on: objects, a filter, a command, an error."""
import sys
from pynag.Parsers.livestatus import Livestatus, LivestatusError, InvalidResponseFromLivestatus

live = Livestatus(livestatus_socket_path=sys.argv[1])
print("test", live.test())
for host in live.get_hosts():
    print("host", host["name"], host["state"], host["plugin_output"])
for service in live.get_services("Filter: state != 0"):
    print("service", service["host_name"], service["description"], service["state"])
print("one", live.get_service("h", "good")["display_name"])
print("contacts", [contact["name"] for contact in live.get_contacts()])
print("columns", len(live.query("GET columns")) > 1000)
live.write("COMMAND [0] ADD_SVC_COMMENT;h;bad;1;pynag;from pynag\n")
print("comments", [c["comment"] for c in live.query("GET comments", "Filter: author = pynag")])
try:
    live.query("GET nothing")
except (LivestatusError, InvalidResponseFromLivestatus) as error:
    print("error", type(error).__name__)
