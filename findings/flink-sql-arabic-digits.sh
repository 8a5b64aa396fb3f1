#!/usr/bin/env bash
# Flink SQL runs no query on a machine whose language writes digits of its own.
#
# Expected: the language of the machine changes messages at most. SQL and types are code, so
#   VARCHAR(10) is the same text everywhere, and SELECT 'a' gives one row.
# What happens: Flink formats types and memory sizes in the JVM's default locale. Under Arabic as
#   Egypt writes it a type prints as VARCHAR(١٠), and every query fails with "text does not start
#   with a number": Flink cannot read back the memory size that it wrote itself. Statements that
#   start no job (CREATE TABLE) pass, so a deployment looks well until it runs.
# Why it matters: a detection that works on the author's laptop starts on no machine of a team in
#   Cairo or Tehran. Whoever embeds Flink sets Locale.Category.FORMAT to ROOT before it starts.
#
# Needs bash, Maven and JDK 17. Prints the versions and what was seen; fails if that changes.
set -euo pipefail
export LC_ALL=C.UTF-8

readonly FLINK=2.3.0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

dependency() {
  echo "<dependency><groupId>org.apache.flink</groupId><artifactId>$1</artifactId><version>$FLINK</version></dependency>"
}
cat > pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    $(for artifact in flink-table-planner-loader flink-table-runtime flink-table-api-java-bridge flink-clients; do
      dependency "$artifact"
    done)
  </dependencies>
</project>
XML
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath > maven.log 2>&1 ||
  { cat maven.log; exit 1; }

cat > Digits.java <<'JAVA'
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

public class Digits {
  public static void main(String[] args) {
    System.out.println("type: " + DataTypes.VARCHAR(10).getLogicalType().asSerializableString());
    TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    try {
      env.executeSql("SELECT 'a'").collect().forEachRemaining(row -> System.out.println("row: " + row));
    } catch (Exception e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      System.out.println("failure: " + cause);
    }
  }
}
JAVA

run() {
  java "$@" -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 \
    --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
    -cp "$(cat classpath)" Digits.java 2> "err"
}
english=$(run -Duser.language=en -Duser.country=US)
arabic=$(run -Duser.language=ar -Duser.country=EG)

echo "Flink $FLINK, $(java -version 2>&1 | head -1)"
echo "en-US:"; echo "$english"
echo "ar-EG:"; echo "$arabic"

[[ $english == $'type: VARCHAR(10)\nrow: +I[a]' ]] &&
  [[ $arabic == $'type: VARCHAR(\u0661\u0660)\nfailure: java.lang.NumberFormatException: text does not start with a number' ]] ||
  { echo "changed: Flink behaves otherwise now"; exit 1; }
