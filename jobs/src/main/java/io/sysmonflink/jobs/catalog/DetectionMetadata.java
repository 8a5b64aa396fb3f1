package io.sysmonflink.jobs.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a detection's YAML says: Splunk's own keys, but {@code event_codes}, which is this
 * project's, and without {@code search}, which is the SQL file beside it. Every key must be there
 * but {@code tags.throttling}.
 *
 * @param name what analysts call it
 * @param date of this version, ISO-8601
 * @param type {@code TTP}, {@code Anomaly}, ...
 * @param eventCodes the Sysmon event ids the query reads
 */
@JsonNaming(SnakeCaseStrategy.class)
public record DetectionMetadata(
    String name,
    UUID id,
    int version,
    String date,
    String author,
    String status,
    String type,
    String description,
    List<String> dataSource,
    List<Integer> eventCodes,
    String howToImplement,
    String knownFalsePositives,
    List<URI> references,
    List<Drilldown> drilldownSearches,
    Tags tags,
    List<Test> tests) {

  /**
   * A search an analyst may run from a result; {@code $field$} stands for the result's own value.
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Drilldown(String name, String search, String earliestOffset, String latestOffset) {}

  /**
   * How the detection is filed and what it weighs.
   *
   * @param confidence 0 to 100
   * @param impact 0 to 100
   * @param message the risk message; {@code $field$} stands for a column of the result
   * @param riskScore confidence x impact / 100
   * @param throttling how often the same finding counts as risk, null for always; the one key that
   *     may be left out
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Tags(
      List<String> analyticStory,
      String assetType,
      int confidence,
      int impact,
      String message,
      List<String> mitreAttackId,
      List<Observable> observable,
      List<String> product,
      List<String> requiredFields,
      int riskScore,
      String securityDomain,
      @JsonSetter(nulls = Nulls.SKIP) Throttling throttling) {

    private static final Pattern FIELD = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_.]*)\\$");

    /** The fields that the message names, each match's group 1, in the order they stand. */
    public List<MatchResult> messageFields() {
      return FIELD.matcher(message).results().toList();
    }

    /** The observables that play a role. */
    public List<Observable> observables(Role role) {
      return observable.stream().filter(o -> o.role().contains(role)).toList();
    }
  }

  /**
   * As Enterprise Security throttles a search: of the risk events with the same values of these
   * fields, one in each period. Risk is counted by UTC day, so a period is one of whole days.
   *
   * @param fields columns of the result
   * @param period as {@code 86400s}, {@code 1440m} or {@code 24h}
   */
  public record Throttling(List<String> fields, String period) {

    private static final Pattern PERIOD = Pattern.compile("([1-9][0-9]{0,7})([smh])");

    /** The period in days, or nothing if it is not written as one of whole days. */
    public Optional<Long> days() {
      Matcher matcher = PERIOD.matcher(period);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      Duration duration =
          Duration.parse("PT" + matcher.group(1) + matcher.group(2).toUpperCase(Locale.ROOT));
      long days = duration.toDays();
      return duration.equals(Duration.ofDays(days)) ? Optional.of(days) : Optional.empty();
    }
  }

  /**
   * A column of the result that names something of interest.
   *
   * @param name the column
   * @param type Splunk's word for what it holds: {@code Hostname}, {@code Process}, ...
   */
  public record Observable(String name, String type, List<Role> role) {

    /** {@code risk_object_type}, as Splunk's contentctl derives it from the type in any case. */
    public String riskObjectType() {
      return switch (type.toLowerCase(Locale.ROOT)) {
        case "hostname", "endpoint", "device", "ip address" -> "system";
        case "user", "user name", "username", "email address" -> "user";
        default -> "other";
      };
    }

    /**
     * {@code threat_object_type}, as Splunk's contentctl 4 derives it from the type in any case. Of
     * other types it keeps the words; here they are written as contentctl 5 spells its types.
     */
    public String threatObjectType() {
      String words = type.toLowerCase(Locale.ROOT);
      return switch (words) {
        case "process", "process name" -> "process";
        case "file", "file name", "file hash" -> "file_name";
        case "url string", "url" -> "url";
        case "registry key" -> "registry_path";
        case "registry value" -> "registry_value_name";
        default -> words.replace(' ', '_');
      };
    }
  }

  /** What an observable is in the story. */
  public enum Role {
    @JsonProperty("Victim")
    VICTIM,
    @JsonProperty("Attacker")
    ATTACKER
  }

  /**
   * Evidence that the detection fires.
   *
   * @param manualTest what a person has to do, or null where nothing
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Test(
      String name, List<AttackData> attackData, @JsonSetter(nulls = Nulls.SET) String manualTest) {}

  /** A published recording of the attack. */
  public record AttackData(URI data, String source, String sourcetype) {}
}
