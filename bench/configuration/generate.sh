#!/usr/bin/env bash
# Writes a configuration to measure with: FOLDER/main.cfg and FOLDER/objects.cfg.
#
#   bench/configuration/generate.sh STYLE HOSTS FOLDER [COMMAND-LINE]     ten services on every host
#
#   explicit   one definition for each service, everything else from a template
#   hostgroup  ten definitions, each for all hosts by their host group
#   site       as sites grow: templates on templates, arguments and custom variables of each service's own, groups,
#              parents, dependencies and escalations
set -euo pipefail

if (($# < 3)) || [[ ! $1 =~ ^(explicit|hostgroup|site)$ ]]; then
  sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
style=$1 hosts=$2
mkdir -p "$3"
folder=$(cd "$3" && pwd)
command=${4:-/usr/lib/nagios/plugins/check_dummy 0 ok}

cat >"$folder/main.cfg" <<CFG
log_file=$folder/log
cfg_file=$folder/objects.cfg
object_cache_file=/dev/null
precached_object_file=$folder/objects.precache
lock_file=$folder/pid
temp_file=$folder/temp
temp_path=$folder
check_result_path=$folder
state_retention_file=$folder/retention
status_file=$folder/status
check_external_commands=0
query_socket=$folder/queries
check_for_updates=0
nagios_user=$(id -un)
nagios_group=$(id -gn)
interval_length=1
illegal_macro_output_chars=\`~\$&|'"<>
CFG

awk -v style="$style" -v hosts="$hosts" -v command="$command" '
function begin(type) { printf "define %s {\n", type }
function put(name, value) { printf "  %-22s %s\n", name, value }
function end() { print "}\n" }
function template(type, name, use) {
  begin(type)
  put("name", name)
  if (use != "") put("use", use)
  put("register", 0)
}
function checked(type) {
  template(type, "generic-" type, "")
  put("check_command", "probe")
  put("check_interval", 60)
  put("retry_interval", 10)
  put("max_check_attempts", 3)
  put("check_period", "24x7")
  put("notification_period", "24x7")
  put("notification_interval", 0)
  put("contact_groups", "admins")
  end()
}
BEGIN {
  begin("timeperiod"); put("timeperiod_name", "24x7"); put("alias", "always")
  split("sunday monday tuesday wednesday thursday friday saturday", days, " ")
  for (d = 1; d <= 7; d++) put(days[d], "00:00-24:00")
  end()
  begin("command"); put("command_name", "probe"); put("command_line", command); end()
  begin("command"); put("command_name", "notify"); put("command_line", "/bin/true"); end()
  begin("contact"); put("contact_name", "admin")
  put("host_notification_period", "24x7"); put("service_notification_period", "24x7")
  put("host_notification_options", "d,u,r"); put("service_notification_options", "w,u,c,r")
  put("host_notification_commands", "notify"); put("service_notification_commands", "notify"); end()
  begin("contactgroup"); put("contactgroup_name", "admins"); put("alias", "admins"); put("members", "admin"); end()
  checked("host")
  checked("service")
  begin("hostgroup"); put("hostgroup_name", "all"); put("alias", "all hosts"); end()
  for (g = 0; g < 20; g++) { begin("hostgroup"); put("hostgroup_name", "group" g); put("alias", "group " g); end() }
  if (style == "site") {
    for (t = 0; t < 30; t++) {
      template("service", "kind" t, "generic-service")
      put("notes", "what to do about kind " t)
      put("_KIND", t)
      end()
    }
    begin("servicegroup"); put("servicegroup_name", "important"); put("alias", "important"); end()
  }

  for (h = 0; h < hosts; h++) {
    begin("host"); put("use", "generic-host"); put("host_name", "host" h); put("alias", "host number " h)
    put("address", "127." int(h / 65536) % 256 "." int(h / 256) % 256 "." h % 256)
    put("hostgroups", "group" h % 20 ",all")
    if (style == "site" && h >= 50) put("parents", "host" h % 50)
    end()
    for (s = 0; s < 10 && style != "hostgroup"; s++) {
      begin("service")
      put("use", style == "site" ? "kind" (h + s) % 30 : "generic-service")
      put("host_name", "host" h)
      put("service_description", "svc" s)
      if (style == "site") {
        put("check_command", "probe!" h "," s "!80%!90%")
        put("_OID", "1.3.6.1.2.1." h "." s)
        if (s == 0) put("servicegroups", "important")
      }
      end()
    }
    if (style == "site" && h % 10 == 0) {
      begin("servicedependency"); put("host_name", "host" h); put("service_description", "svc0")
      put("dependent_host_name", "host" h); put("dependent_service_description", "svc1,svc2,svc3")
      put("notification_failure_options", "c,u"); end()
      begin("serviceescalation"); put("host_name", "host" h); put("service_description", "*")
      put("first_notification", 3); put("last_notification", 0); put("notification_interval", 60)
      put("contact_groups", "admins"); end()
    }
  }

  for (s = 0; s < 10 && style == "hostgroup"; s++) {
    begin("service"); put("use", "generic-service"); put("hostgroup_name", "all"); put("service_description", "svc" s); end()
  }
}' >"$folder/objects.cfg"
