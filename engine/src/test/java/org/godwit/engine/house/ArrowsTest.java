package org.godwit.engine.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.module.ModuleDescriptor.Exports;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The package arrows of the engine, and that the rules which hold them can fail. */
class ArrowsTest {

  private static final String PLANTED = ArrowsTest.class.getPackageName() + ".planted";

  private static final JavaClasses ENGINE = House.modules("org.godwit.engine");

  static final List<ArchRule> RULES = new Arrows("org.godwit.engine").rules().toList();

  @ParameterizedTest
  @FieldSource("RULES")
  void aPackageUsesOnlyWhatItsRowNames(ArchRule rule) {
    rule.check(ENGINE);
  }

  @Test
  void everyPackageIsDrawn() {
    new Arrows("org.godwit.engine").drawn().check(ENGINE);
  }

  /** Decision 18: the rest of the engine is nobody's business. */
  @Test
  void onlySessionAndBalanceAreExported() {
    Set<String> exported =
        ModuleLayer.boot()
            .findModule("org.godwit.engine")
            .orElseThrow()
            .getDescriptor()
            .exports()
            .stream()
            .filter(exports -> !exports.isQualified())
            .map(Exports::source)
            .collect(Collectors.toSet());
    assertThat(exported)
        .isNotEmpty()
        .allMatch(name -> name.matches("org\\.godwit\\.engine\\.(session(\\..+)?|balance)"));
  }

  @Test
  void anUpwardArrowIsSeen() {
    assertThat(offences(new Arrows(PLANTED).rules().toList()))
        .anyMatch(line -> line.contains("planted.memory.Upward") && line.contains("kernel.Kernel"))
        .noneMatch(line -> line.contains("planted.session.Downward"));
  }

  @Test
  void anUndrawnPackageIsSeen() {
    assertThat(offences(List.of(new Arrows(PLANTED).drawn())))
        .isNotEmpty()
        .allMatch(line -> line.contains("planted.stray."));
  }

  private static List<String> offences(List<ArchRule> rules) {
    JavaClasses planted = House.planted();
    return rules.stream()
        .flatMap(rule -> rule.evaluate(planted).getFailureReport().getDetails().stream())
        .toList();
  }
}
