# Writes a manifest of n monitors as a large fleet has them: awk -v n=1000000 -f compare/million-manifest.awk >big.yaml
#
# Eight kinds of check, each with a target of its own; intervals of 10 s (5 %), 30 s (35 %), 60 s (50 %) and 5 min (10 %), which is
# 25,300 checks a second at a million; 40 teams with labels and groups; every tenth monitor has an intervention, and as many have
# colours of their own beside those of `defaults`. The same n gives the same file.
BEGIN {
  print "defaults:"
  print "  interval: 60s"
  print "  timeout: 5s"
  print "  unhealthy_threshold: 3"
  print "  codes:"
  print "    red: {notify: webhook, config: {url: \"https://alerts.example/hook\"}}"
  print "    green: {notify: webhook, config: {url: \"https://alerts.example/hook\"}}"
  print "labels: {site: north, managed-by: cpra}"
  printf "groups: ["
  for (team = 0; team < 40; team++) printf "%steam-%02d", (team > 0 ? ", " : ""), team
  print "]"
  print "monitors:"
  for (i = 0; i < n; i++) {
    kind = i % 20
    turn = (i * 7) % 20
    team = (i * 13) % 40
    interval = turn < 1 ? "10s" : turn < 8 ? "30s" : turn < 18 ? "60s" : "5m"
    if (kind < 10) {
      name = "web"; type = "http"
      config = sprintf("{url: \"https://web-%07d.team-%02d.example/health\", expect: {status: 200}}", i, team)
    } else if (kind < 13) {
      name = "db"; type = "tcp"; config = sprintf("{host: db-%07d.team-%02d.example, port: 5432}", i, team)
    } else if (kind < 15) {
      name = "host"; type = "icmp"; config = sprintf("{host: host-%07d.team-%02d.example}", i, team)
    } else if (kind < 16) {
      name = "zone"; type = "dns"; config = sprintf("{name: zone-%07d.team-%02d.example, record: A}", i, team)
    } else if (kind < 17) {
      name = "cert"; type = "tls"; config = sprintf("{host: cert-%07d.team-%02d.example, port: 443}", i, team)
    } else if (kind < 18) {
      name = "job"; type = "heartbeat"; config = sprintf("{token: job-%07d-0123456789abcdef, grace: 1h}", i)
    } else if (kind < 19) {
      name = "box"; type = "docker"; config = sprintf("{container: box-%07d}", i)
    } else {
      name = "old"; type = "http"; config = sprintf("{url: \"http://old-%07d.team-%02d.example/\"}", i, team)
    }
    printf "  - name: %s-%07d\n", name, i
    print "    pulse_check:"
    print "      type: " type
    print "      interval: " interval
    printf "      groups: [team-%02d]\n", team
    print "      config: " config
    printf "    labels: {team: team-%02d, tier: %s}\n", team, name
    if (i % 10 == 3)
      printf "    intervention: {action: webhook, max_failures: 2, target: {url: \"https://repair.example/%s-%07d\"}}\n", name, i
    if (i % 10 == 7) print "    codes: {yellow: {notify: log, config: {file: warn.log}}}"
  }
}
