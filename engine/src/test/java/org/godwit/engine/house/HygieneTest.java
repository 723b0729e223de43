package org.godwit.engine.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Model and engine stay free of everything that could make two runs differ, and each rule catches
 * every sin that was planted for it.
 */
class HygieneTest {

  private static final JavaClasses BOTH = House.modules("org.godwit.model", "org.godwit.engine");

  /**
   * The copier of object graphs finds copies by identity, and goes through collections of others in
   * whatever order they have. What it makes has no order of its own.
   */
  private static final JavaClasses ALL_BUT_THE_COPIER =
      BOTH.that(not(nameStartingWith("org.godwit.engine.state.GraphCopy")));

  @Test
  void modelAndEngineTouchNothingBanned() {
    Hygiene.touchesNothingBanned().check(ALL_BUT_THE_COPIER);
  }

  @Test
  void modelAndEngineIterateNothingHashOrdered() {
    Hygiene.iteratesNothingHashOrdered().check(ALL_BUT_THE_COPIER);
  }

  /** The workers of the window loop are the engine's only threads (decision 18). */
  @Test
  void onlyTheClusterOwnsThreads() {
    Hygiene.ownsNoThread().check(BOTH.that(not(resideInAPackage("org.godwit.engine.cluster.."))));
  }

  @Test
  void everyPlantedSinIsSeenAndNothingElse() {
    assertCaught("Sins", Hygiene.touchesNothingBanned());
    assertCaught("HashOrder", Hygiene.iteratesNothingHashOrdered());
    assertCaught("OwnThread", Hygiene.ownsNoThread());
  }

  /** Methods called sin… are each named by the rule, methods called fine… by none. */
  private static void assertCaught(String planted, ArchRule rule) {
    JavaClasses one = House.planted().that(type(planted));
    assertThat(one).hasSize(1);
    List<String> lines = rule.evaluate(one).getFailureReport().getDetails();
    for (JavaClass type : one) {
      for (JavaMethod method : type.getMethods()) {
        boolean caught =
            lines.stream().anyMatch(line -> line.contains(planted + "." + method.getName() + "("));
        if (method.getName().startsWith("sin")) {
          assertThat(caught).as(method.getName()).isTrue();
        } else if (method.getName().startsWith("fine")) {
          assertThat(caught).as(method.getName()).isFalse();
        }
      }
    }
  }

  private static DescribedPredicate<JavaClass> type(String simpleName) {
    return JavaClass.Predicates.simpleName(simpleName);
  }
}
