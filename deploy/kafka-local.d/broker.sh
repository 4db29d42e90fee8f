# shellcheck shell=bash
# A broker as a process: format, launch, ready, stop, kill.

CLUSTER_ID=d2lyZWRlc2stbG9jYWwtMQ # 16 bytes in base64url; fixed, so that data directories are alike.
STOP_SECONDS=10                   # A graceful stop takes 1 s; then SIGKILL.

# The command line tells our broker from a zombie, and from a stranger that was given an old process id.
alive() {
  local word words=() pid
  pid=$(cat "$DATA/$1/pid" 2>/dev/null) && [ -n "$pid" ] || return 1
  { mapfile -d '' -t words < "/proc/$pid/cmdline"; } 2>/dev/null || return 1
  for word in "${words[@]}"; do if [ "$word" = "$DATA/$1/server.properties" ]; then return 0; fi; done
  return 1
}
signal() { alive "$2" || die "broker $2 is not running"; kill "-$1" "$(cat "$DATA/$2/pid")"; }

format() {
  local i=$1 mechanism user scram=()
  [ ! -f "$DATA/$i/log/meta.properties" ] || return 0
  for mechanism in SCRAM-SHA-256 SCRAM-SHA-512; do
    for user in "admin,password=$ADMIN_PASSWORD" "wiredesk,password=$WIREDESK_PASSWORD"; do
      scram+=(--add-scram "$mechanism=[name=$user]")
    done
  done
  jvm "$DATA/$i/format.log" 128m 1 kafka.tools.StorageTool format -t "$CLUSTER_ID" -c "$DATA/$i/server.properties" "${scram[@]}"
  "${JVM[@]}" > "$DATA/$i/format.out" 2>&1 || die "broker $i could not be formatted; see $DATA/$i/format.out"
}

# The log is kept over restarts; `seen` says where the part of this start begins.
launch() {
  local i=$1
  if alive "$i"; then return; fi
  ports_close "$i" || die "a port of broker $i, from $(port "$i" plain) on, is in use"
  stat -c %s "$DATA/$i/server.log" > "$DATA/$i/seen" 2>/dev/null || echo 0 > "$DATA/$i/seen"
  jvm "$DATA/$i/server.log" "${KAFKA_HEAP:-512m}" "${KAFKA_JIT:-1}" kafka.Kafka "$DATA/$i/server.properties"
  in_background "$DATA/$i/out" "${JVM[@]}"
  echo $! > "$DATA/$i/pid"
  until alive "$i" || ! kill -0 $! 2>/dev/null; do sleep 0.02; done
}
# in_background OUTPUT COMMAND: beyond the reach of Ctrl-C in the caller's terminal, holding none of the caller's pipes and locks.
in_background() { local output=$1; shift; setsid "$@" </dev/null >"$output" 2>&1 8>&- & }

wait_ready() {
  local end=$((SECONDS + $1)) i; shift
  for i in "$@"; do
    until ready "$i"; do
      alive "$i" || die "broker $i has ended: $(tail -qn 3 "$DATA/$i/out" "$DATA/$i/server.log" 2>/dev/null | tail -n 3)"
      [ $SECONDS -lt $end ] || die "broker $i is not ready; see $DATA/$i/server.log"
      sleep 0.1
    done
  done
}
ready() {
  open_port "$(port "$1" plain)" && alive "$1" \
    && tail -c +$(($(cat "$DATA/$1/seen") + 1)) "$DATA/$1/server.log" 2>/dev/null | grep "Kafka Server started" >/dev/null
}

kill_broker() {
  alive "$1" || return 0
  kill -KILL "$(cat "$DATA/$1/pid")"
  while alive "$1"; do sleep 0.02; done
  ports_close "$1" || die "broker $1 was killed, but one of its ports is still open"
}
# A killed process has lost its command line a moment before its sockets are closed.
ports_close() {
  local tenths=50
  while any_port_open "$1"; do
    ((tenths-- > 0)) || return 1
    sleep 0.1
  done
}
stop_broker() {
  local tenths=$((STOP_SECONDS * 10))
  if ! alive "$1"; then return; fi
  signal TERM "$1"; signal CONT "$1" 2>/dev/null || true
  while alive "$1" && ((tenths-- > 0)); do sleep 0.1; done
  kill_broker "$1"
}
stop_all() { local i; for i in "${IDS[@]}"; do stop_broker "$i" & done; wait; }
