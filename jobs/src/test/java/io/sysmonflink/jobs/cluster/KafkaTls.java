package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;

/**
 * A broker's key with a certificate that it has signed itself, and what clients trust.
 *
 * @param keyStore of the broker
 * @param trustStore of clients that know its certificate
 * @param otherTrustStore of clients that know another one only
 */
record KafkaTls(Path keyStore, Path trustStore, Path otherTrustStore) {

  /** Of all three. */
  static final String PASSWORD = "nobody-may-see-this";

  private static final String TYPE = "PKCS12";

  /** Makes the stores in a folder. */
  static KafkaTls in(Path folder) throws Exception {
    Path keyStore = keyStore(folder, "localhost");
    return new KafkaTls(
        keyStore, trustStore(keyStore), trustStore(keyStore(folder, "elsewhere.test")));
  }

  private static Path keyStore(Path folder, String host) throws Exception {
    Path store = folder.resolve(host + ".p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "broker",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + host,
                    "-ext",
                    "SAN=dns:" + host,
                    "-storetype",
                    TYPE,
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    return store;
  }

  private static Path trustStore(Path keyStore) throws Exception {
    Certificate certificate =
        KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray()).getCertificate("broker");
    KeyStore trust = KeyStore.getInstance(TYPE);
    trust.load(null, null);
    trust.setCertificateEntry("broker", certificate);
    Path store = keyStore.resolveSibling("trust-" + keyStore.getFileName());
    try (OutputStream out = Files.newOutputStream(store)) {
      trust.store(out, PASSWORD.toCharArray());
    }
    return store;
  }

  /** What the broker's properties say of it. */
  String brokerProperties() {
    return """
        ssl.keystore.type=%s
        ssl.keystore.location=%s
        ssl.keystore.password=%s
        """
        .formatted(TYPE, keyStore, PASSWORD);
  }

  /** A file with what clients of a trust store need. */
  static Path clientProperties(Path trustStore) throws Exception {
    return Files.writeString(
        trustStore.resolveSibling(trustStore.getFileName() + ".properties"),
        """
        security.protocol=SSL
        ssl.truststore.type=%s
        ssl.truststore.location=%s
        ssl.truststore.password=%s
        """
            .formatted(TYPE, trustStore, PASSWORD));
  }
}
