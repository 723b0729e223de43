package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.model.ProcessId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of the test programs on one node does what it does under qemu. */
@DisplayName("Guest programs do on one node what they do under qemu")
class ConformanceTest {
  /** Cases that are left out, each with the reason. */
  static final Map<String, String> LEFT_OUT =
      new TreeMap<>(
          Map.of());

  @BeforeAll
  static void sayWhatIsLeftOut() {
    LEFT_OUT.forEach((name, why) -> System.out.println("left out: " + name + ": " + why));
  }

  static List<Case> cases() {
    return Case.all().stream().filter(each -> !LEFT_OUT.containsKey(each.toString())).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  @DisplayName("case")
  void doesWhatItDoesUnderQemu(Case expected) {
    try (Lab lab = Lab.Plan.nodes(1).open()) {
      lab.stdin(expected.stdin());
      ProcessId process =
          lab.launch(expected.program(), expected.arguments().toArray(new String[0]));
      boolean ended = lab.toEnd(60 * Lab.SECOND);
      assertThat(lab.wrote(process, 1)).as("standard output").isEqualTo(expected.out());
      assertThat(lab.wrote(process, 2)).as("standard error").isEqualTo(expected.err());
      assertThat(lab.status(process)).as("exit status").isEqualTo(expected.status());
      assertThat(ended).as("every process has ended").isTrue();
    }
  }
}
