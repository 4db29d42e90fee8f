# shellcheck shell=bash
# What a broker is told: server.properties, and the certificates it names.

# joined WORD...: the words, with commas between them.
joined() { local IFS=,; echo "$*"; }

properties() {
  local i=$1 j name listeners=() advertised=() protocols=() voters=() replicas=1 in_sync=1
  if [ "$BROKERS" -ge 3 ]; then replicas=3 in_sync=2; fi
  for j in "${IDS[@]}"; do voters+=("$j@$HOST:$(port "$j" controller)"); done
  for name in ${LISTENERS[$MODE]}; do
    listeners+=("${name^^}://$HOST:$(port "$i" "$name")")
    advertised+=("${name^^}://$(address "$i" "$name")")
    protocols+=("${name^^}:${PROTOCOL[$name]}")
  done
  cat <<END
process.roles=broker,controller
node.id=$i
log.dirs=$DATA/$i/log
controller.quorum.voters=$(joined "${voters[@]}")
listeners=$(joined "${listeners[@]}" "CONTROLLER://$HOST:$(port "$i" controller)")
advertised.listeners=$(joined "${advertised[@]}")
listener.security.protocol.map=$(joined "${protocols[@]}" CONTROLLER:PLAINTEXT)
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAIN
auto.create.topics.enable=false
unclean.leader.election.enable=false
num.partitions=6
default.replication.factor=$replicas
min.insync.replicas=$in_sync
offsets.topic.num.partitions=8
offsets.topic.replication.factor=$replicas
transaction.state.log.num.partitions=8
transaction.state.log.replication.factor=$replicas
transaction.state.log.min.isr=$in_sync
share.coordinator.state.topic.replication.factor=$replicas
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=6000
broker.heartbeat.interval.ms=1000
num.network.threads=2
num.io.threads=4
log.cleaner.dedupe.buffer.size=8388608
log.segment.bytes=268435456
END
  security_properties
  tr ';' '\n' <<<"${KAFKA_EXTRA:-}"
}

security_properties() {
  local name module=org.apache.kafka.common.security
  [ "$MODE" != plain ] || return 0
  cat <<END
ssl.keystore.type=PEM
ssl.keystore.location=$DATA/tls/server-keystore.pem
ssl.truststore.type=PEM
ssl.truststore.location=$DATA/tls/ca.pem
ssl.principal.mapping.rules=RULE:^CN=([^,]+).*\$/\$1/,DEFAULT
listener.name.mtls.ssl.client.auth=required
END
  for name in sasl sasl_tls; do cat <<END
listener.name.$name.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
listener.name.$name.plain.sasl.jaas.config=$module.plain.PlainLoginModule required \
  user_admin="$ADMIN_PASSWORD" user_wiredesk="$WIREDESK_PASSWORD";
listener.name.$name.scram-sha-256.sasl.jaas.config=$module.scram.ScramLoginModule required;
listener.name.$name.scram-sha-512.sasl.jaas.config=$module.scram.ScramLoginModule required;
END
  done
  [ "$MODE" != acl ] || cat <<END
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS;User:admin
END
}

make_certificates() {
  [ -f "$DATA/tls/.complete" ] && return
  rm -rf "$DATA/tls"; mkdir -p "$DATA/tls"
  ( cd "$DATA/tls"
    authority ca; authority stranger-ca
    certificate server localhost ca "subjectAltName=DNS:localhost,IP:127.0.0.1"
    certificate client wiredesk ca "extendedKeyUsage=clientAuth"
    certificate stranger wiredesk stranger-ca "extendedKeyUsage=clientAuth"
    cat server.key server.pem > server-keystore.pem
    touch .complete ) >"$DATA/tls/log" 2>&1 || die "openssl could not make certificates; see $DATA/tls/log"
}
new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" || exit; }
authority() {
  new_key "$1"
  openssl req -x509 -new -key "$1.key" -days 825 -subj "/CN=kafka-local $1" -out "$1.pem" || exit
}
# certificate FILE COMMON_NAME AUTHORITY EXTENSION
certificate() {
  new_key "$1"
  openssl req -new -key "$1.key" -subj "/CN=$2" -out "$1.csr" || exit
  openssl x509 -req -in "$1.csr" -CA "$3.pem" -CAkey "$3.key" -CAcreateserial -days 825 -extfile <(echo "$4") -out "$1.pem" || exit
}
