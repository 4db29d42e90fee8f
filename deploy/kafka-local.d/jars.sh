# shellcheck shell=bash
# Java, and Kafka's jars from Maven Central.

VERSION=${KAFKA_VERSION:-4.3.1}
LOG4J_VERSION=2.25.5 # Kafka 4.3 logs through slf4j 1.7 and leaves the choice of a backend to its distribution.
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/wiredesk-kafka
LIB=$CACHE/$VERSION
JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java

need_java() {
  local version
  need "$JAVA" openjdk-17-jre-headless
  version=$("$JAVA" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  [ "${version:-0}" -ge 17 ] || cannot_run "Kafka $VERSION needs Java 17 or later; $JAVA is version ${version:-unknown}"
}

# Two callers at once are safe: one fetches under the lock, and the directory appears whole, by a rename.
deps() {
  [ -d "$LIB" ] && return
  need_java; need mvn maven; need flock util-linux
  mkdir -p "$CACHE" || cannot_run "no cache directory"
  ( flock 9; [ -d "$LIB" ] || fetch ) 9>"$CACHE/deps.lock"
}

fetch() {
  local new=$LIB.partial
  echo "kafka-local: fetching Kafka $VERSION from Maven Central (45 MB, once)" >&2
  rm -rf "$new"; mkdir -p "$new"
  pom > "$new/pom.xml"
  # shellcheck disable=SC2086  # KAFKA_MVN is a list of words
  mvn -q -B --strict-checksums ${KAFKA_MVN:-} -f "$new/pom.xml" dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$new/jars" > "$CACHE/mvn.log" 2>&1 \
    || cannot_run "Maven could not fetch Kafka $VERSION; see $CACHE/mvn.log"
  cat > "$new/log4j2.properties" <<'END'
status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = ${sys:kafka.log}
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d] %p %m (%c)%n%throwable
rootLogger.level = ${sys:kafka.loglevel:-INFO}
rootLogger.appenderRef.file.ref = file
END
  mv "$new" "$LIB"
}

pom() {
  dependency() { echo "<dependency><groupId>$1</groupId><artifactId>$2</artifactId><version>$3</version>${4:-}</dependency>"; }
  exclusion() { echo "<exclusion><groupId>org.apache.kafka</groupId><artifactId>$1</artifactId></exclusion>"; }
  cat <<END
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>kafka-local</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
$(dependency org.apache.kafka kafka_2.13 "$VERSION")
$(dependency org.apache.kafka kafka-tools "$VERSION" \
    "<exclusions>$(exclusion connect-runtime)$(exclusion connect-json)$(exclusion connect-api)</exclusions>")
$(dependency org.apache.logging.log4j log4j-slf4j-impl "$LOG4J_VERSION")
$(dependency org.apache.logging.log4j log4j-core "$LOG4J_VERSION")
</dependencies></project>
END
}

# jvm LOG HEAP JIT CLASS ARGS: sets JVM to the command that runs the class.
jvm() {
  local log=$1 heap=$2 jit=$3; shift 3
  # shellcheck disable=SC2206  # KAFKA_JVM is a list of words
  JVM=("$JAVA" -Xms64m -Xmx"$heap" -XX:+UseSerialGC -XX:TieredStopAtLevel="$jit" -XX:-UsePerfData -Djava.awt.headless=true
    -Dkafka.log="$log" -Dlog4j2.configurationFile="$LIB/log4j2.properties" ${KAFKA_JVM:-} -cp "$LIB/jars/*" "$@")
}
tool() {
  deps
  jvm "$([ -d "$DATA" ] && echo "$DATA/tools.log" || echo /dev/null)" 256m 1 "$@"
  "${JVM[@]}"
}
kafka_tool() { local class=$1; shift; tool "org.apache.kafka.tools.$class" --bootstrap-server "$(bootstrap plain)" "$@"; }
