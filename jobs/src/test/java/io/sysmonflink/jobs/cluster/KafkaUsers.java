package io.sysmonflink.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/** The users of a broker who come with a password, and what each may do. */
record KafkaUsers(KafkaBroker broker, KafkaTls tls) {

  /** How a password is shown to be known. */
  static final String MECHANISM = "SCRAM-SHA-512";

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /**
   * A right.
   *
   * @param name of the resource, or what its name begins with
   */
  record Right(AclOperation operation, ResourceType type, String name, boolean begins) {

    static Right read(String topic) {
      return new Right(AclOperation.READ, ResourceType.TOPIC, topic, false);
    }

    static Right write(String topic) {
      return new Right(AclOperation.WRITE, ResourceType.TOPIC, topic, false);
    }

    static Right describeConfigs(String topic) {
      return new Right(AclOperation.DESCRIBE_CONFIGS, ResourceType.TOPIC, topic, false);
    }

    static Right readGroup(String group) {
      return new Right(AclOperation.READ, ResourceType.GROUP, group, false);
    }

    static Right writeTransactionalIds(String prefix) {
      return new Right(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, prefix, true);
    }

    private AclBinding of(String user) {
      return new AclBinding(
          new ResourcePattern(type, name, begins ? PatternType.PREFIXED : PatternType.LITERAL),
          new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }
  }

  /**
   * A new user, whose rights hold when this returns.
   *
   * @return a file with the properties of his client
   */
  Path user(String name, Collection<Right> rights) throws Exception {
    try (Admin admin = broker.admin()) {
      ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion(name, info, KafkaTls.PASSWORD)))
          .all()
          .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      admin
          .createAcls(rights.stream().map(right -> right.of(name)).toList())
          .all()
          .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      AclBindingFilter ofUser =
          new AclBindingFilter(
              ResourcePatternFilter.ANY,
              new AccessControlEntryFilter(
                  "User:" + name, null, AclOperation.ANY, AclPermissionType.ANY));
      Deadline.await(
          "the rights of " + name,
          LIMIT,
          () ->
              admin.describeAcls(ofUser).values().get().size() == Set.copyOf(rights).size()
                  && admin.describeUserScramCredentials(List.of(name)).all().get().size() == 1);
    }
    return clientProperties(name, KafkaTls.PASSWORD);
  }

  /** A file with the properties of a client that gives this password. */
  Path clientProperties(String name, String password) throws Exception {
    Path ofTls = KafkaTls.clientProperties(tls.trustStore());
    String properties =
        Files.readString(ofTls).replace("security.protocol=SSL", "security.protocol=SASL_SSL");
    assertThat(properties).contains("SASL_SSL");
    Path file = ofTls.resolveSibling(name + "-" + password.length() + ".properties");
    Files.writeString(
        file,
        properties
            + """
            sasl.mechanism=%s
            sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="%s" password="%s";
            """
                .formatted(MECHANISM, name, password),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
    return file;
  }
}
