# shellcheck shell=bash
# A cluster on paper: its record in the data directory, its listeners, its ports.

declare -A LISTENERS=(
  [plain]="plain"
  [tls]="plain tls"
  [mtls]="plain mtls"
  [sasl]="plain sasl sasl_tls"
  [secure]="plain tls mtls sasl sasl_tls"
  [acl]="plain mtls sasl sasl_tls"
  [proxied]="plain proxied"
)
declare -A PROTOCOL=([plain]=PLAINTEXT [tls]=SSL [mtls]=SSL [sasl]=SASL_PLAINTEXT [sasl_tls]=SASL_SSL [proxied]=PLAINTEXT)
declare -A PORT_OFFSET=([plain]=0 [controller]=1 [tls]=2 [mtls]=3 [sasl]=4 [sasl_tls]=5 [proxied]=6)

load() {
  [ -f "$DATA/cluster" ] || die "no cluster in $DATA (start one first)"
  # shellcheck disable=SC1091  # written by `record` below
  . "$DATA/cluster"
  HOST=${HOST:-127.0.0.1}
  mapfile -t IDS < <(seq "$BROKERS")
}

# port BROKER LISTENER
port() { echo $((PORT + 10 * ($1 - 1) + PORT_OFFSET[$2])); }
# address BROKER LISTENER: where clients are told to go. In front of `proxied` somebody else listens, one port further.
declare -A PORTS_FURTHER=([proxied]=1)
address() { echo "$HOST:$(($(port "$1" "$2") + ${PORTS_FURTHER[$2]:-0}))"; }
bootstrap() {
  [[ " ${LISTENERS[$MODE]} " == *" $1 "* ]] || usage "mode $MODE has no listener $1, only: ${LISTENERS[$MODE]}"
  local i list=
  for i in "${IDS[@]}"; do list+=${list:+,}$(address "$i" "$1"); done
  echo "$list"
}
open_port() { (exec 3<>"/dev/tcp/$HOST/$1") 2>/dev/null; }

# A port in the ephemeral range may be taken by any client socket between two starts.
ports_fit() {
  local low high
  read -r low high < /proc/sys/net/ipv4/ip_local_port_range
  [ $((PORT + 10 * BROKERS)) -lt "$low" ] || [ "$PORT" -gt "$high" ]
}
# A port belongs to its data directory until that is destroyed, so that a killed broker can come back to it.
reserve_port() {
  local holder
  for ((PORT = 20000; PORT < 32000; PORT += 30)); do
    holder=$(cat "$CACHE/ports/$PORT" 2>/dev/null || true)
    if [ -n "$holder" ] && [ "$holder" != "$DATA" ] && grep -qx "PORT=$PORT" "$holder/cluster" 2>/dev/null; then continue; fi
    if ports_fit && ! any_port_open "${IDS[@]}"; then echo "$DATA" > "$CACHE/ports/$PORT"; return; fi
  done
  die "no free ports; destroy clusters that are no longer needed (listed in $CACHE/ports)"
}
# any_port_open BROKER...
any_port_open() {
  local i listener
  for i in "$@"; do for listener in controller ${LISTENERS[$MODE]}; do
    if open_port "$(port "$i" "$listener")"; then return 0; fi
  done; done
  return 1
}

# create BROKERS MODE: the record of a new cluster.
create() {
  BROKERS=$1 MODE=$2 PORT=${KAFKA_PORT:-19092} HOST=${KAFKA_HOST:-127.0.0.1}
  [[ $HOST =~ ^[0-9.]+$ ]] || usage "KAFKA_HOST is an IPv4 address of this machine, not $HOST"
  ADMIN_PASSWORD=${KAFKA_ADMIN_PASSWORD:-admin-test-password}
  WIREDESK_PASSWORD=${KAFKA_WIREDESK_PASSWORD:-wiredesk-test-password}
  [[ $BROKERS == [13] ]] || usage "1 or 3 brokers, not $BROKERS"
  [[ $ADMIN_PASSWORD$WIREDESK_PASSWORD =~ ^[A-Za-z0-9._~+/=-]+$ ]] || usage "passwords may hold letters, digits and ._~+/=- only"
  [ -n "${LISTENERS[$MODE]:-}" ] || usage "unknown mode $MODE, only: ${!LISTENERS[*]}"
  [ "$MODE" = plain ] || need openssl openssl
  mapfile -t IDS < <(seq "$BROKERS")
  if [ "$PORT" = auto ]; then
    mkdir -p "$CACHE/ports"
    ( flock 9; reserve_port; record ) 9>"$CACHE/ports.lock"
    load
  else
    [[ $PORT =~ ^[1-9][0-9]{0,4}$ ]] || usage "KAFKA_PORT is a number or auto, not $PORT"
    ports_fit || die "KAFKA_PORT=$PORT lies in the range of ephemeral ports, where client sockets may take it; choose a lower one"
    if any_port_open "${IDS[@]}"; then die "a port of those from $PORT on is in use; choose another KAFKA_PORT, or auto"; fi
    record
  fi
}
record() {
  printf '%s\n' "BROKERS=$BROKERS" "MODE=$MODE" "PORT=$PORT" "HOST=$HOST" \
    "ADMIN_PASSWORD=$ADMIN_PASSWORD" "WIREDESK_PASSWORD=$WIREDESK_PASSWORD" > "$DATA/cluster"
}
