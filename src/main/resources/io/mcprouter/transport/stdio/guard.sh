# The guard: one process per router that outlives it for a moment, to end what it leaves behind.
# The router starts it in a session of its own and holds the other end of its standard input:
#   setsid /bin/sh -c <this text> mcp-router-guard MARKER GRACE
# Commands, one a line: "+ N" remembers process group N, "- N" forgets it, "t N" and "k N" send it
# TERM and KILL. The end of the input means that the router is gone, in whatever way: then every
# remembered group, and every process whose environment carries MARKER, gets TERM, has GRACE tenths
# of a second, and gets KILL.
trap '' TERM INT HUP
marker=$1
grace=$2
groups=' '

forget() {
  case $groups in
    *" $1 "*) groups="${groups%%" $1 "*} ${groups#*" $1 "}" ;;
  esac
}

while read -r command group; do
  case $group in
    '' | 0 | 1 | *[!0-9]*) continue ;;
  esac
  case $command in
    +) forget "$group"; groups="$groups$group " ;;
    -) forget "$group" ;;
    t) kill -s TERM -- "-$group" 2>/dev/null ;;
    k) kill -s KILL -- "-$group" 2>/dev/null ;;
  esac
done

# Sends a signal to all that is left (0 only asks); fails when nothing is.
signal_all() {
  found=1
  for group in $groups; do
    kill -s "$1" -- "-$group" 2>/dev/null && found=0
  done
  for pid in $(grep -lF "$marker" /proc/[0-9]*/environ 2>/dev/null | tr -dc '0-9\n'); do
    kill -s "$1" "$pid" 2>/dev/null && found=0
  done
  return "$found"
}

# Two looks in a row must find nothing: a child may have been on its way to its first instruction.
round=0
quiet=0
while [ "$quiet" -lt 2 ] && [ "$round" -lt $((grace + 100)) ]; do
  signal=0
  if [ "$round" -eq 0 ]; then signal=TERM; fi
  if [ "$round" -ge "$grace" ]; then signal=KILL; fi
  if signal_all "$signal"; then quiet=0; else quiet=$((quiet + 1)); fi
  round=$((round + 1))
  sleep 0.1 2>/dev/null || sleep 1
done
