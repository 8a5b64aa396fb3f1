package io.sysmonflink.jobs.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.catalog.DetectionMetadata.Observable;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservableTest {

  /** Each line: a type as the YAML has it, what it is as a victim, and as an attacker. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Hostname       | system | hostname
          Endpoint       | system | endpoint
          IP Address     | system | ip_address
          ip address     | system | ip_address
          User           | user   | user
          User Name      | user   | user_name
          Email Address  | user   | email_address
          Process        | other  | process
          Process Name   | other  | process
          PROCESS NAME   | other  | process
          Parent Process | other  | parent_process
          File           | other  | file_name
          File Name      | other  | file_name
          File Hash      | other  | file_name
          URL String     | other  | url
          Registry Key   | other  | registry_path
          Registry Value | other  | registry_value_name
          Other          | other  | other
          """)
  void typesAreNamedAsInEnterpriseSecurity(String type, String victim, String attacker) {
    Observable observable = new Observable("field", type, List.of());

    assertThat(observable.riskObjectType()).isEqualTo(victim);
    assertThat(observable.threatObjectType()).isEqualTo(attacker);
  }
}
