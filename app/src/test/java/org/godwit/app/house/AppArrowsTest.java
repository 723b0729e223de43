package org.godwit.app.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the app may see of the engine, and what a view-model may see of JavaFX. */
class AppArrowsTest {

  static {
    // The rules go by the names of foreign types alone; reading those classes too takes seconds.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
  }

  private static final JavaClasses APP = mainClasses();

  /**
   * Wider than the module's exports: the day another engine package is exported, this still holds.
   */
  private static final ArchRule SEES_SESSION_AND_BALANCE =
      seesOnly("org.godwit.engine.session..", "org.godwit.engine.balance..");

  private static final ArchRule VIEW_MODELS_WITHOUT_SCENE =
      noClasses()
          .that()
          .haveNameMatching(".*ViewModel(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javafx.scene..", "javafx.stage..", "org.controlsfx..")
          .allowEmptyShould(true);

  @Test
  void theAppSeesSessionAndBalanceOfTheEngine() {
    SEES_SESSION_AND_BALANCE.check(APP);
  }

  /** So that they are tested without a toolkit. */
  @Test
  void viewModelsKnowNoControl() {
    VIEW_MODELS_WITHOUT_SCENE.check(APP);
  }

  @Test
  void aViewModelWithAControlIsSeen() {
    assertThat(offences(VIEW_MODELS_WITHOUT_SCENE, plantedClasses()))
        .isNotEmpty()
        .allMatch(line -> line.contains("ButtonViewModel"));
  }

  /** The same rule with nothing allowed must name the app's first call of a session. */
  @Test
  void aForbiddenEnginePackageIsSeen() {
    assertThat(offences(seesOnly("org.godwit.engine.nothing"), plantedClasses()))
        .anyMatch(line -> line.contains("SessionUser"));
  }

  private static ArchRule seesOnly(String... packages) {
    return classes()
        .that()
        .resideInAPackage("org.godwit.app..")
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("org.godwit.engine..")).or(resideInAnyPackage(packages)));
  }

  private static List<String> offences(ArchRule rule, JavaClasses classes) {
    return rule.evaluate(classes).getFailureReport().getDetails();
  }

  private static JavaClasses mainClasses() {
    URI location =
        ModuleLayer.boot()
            .configuration()
            .findModule("org.godwit.app")
            .flatMap(module -> module.reference().location())
            .orElseThrow();
    return new ClassFileImporter().importLocations(Set.of(Location.of(location)));
  }

  private static JavaClasses plantedClasses() {
    return new ClassFileImporter()
        .importUrl(AppArrowsTest.class.getProtectionDomain().getCodeSource().getLocation())
        .that(resideInAPackage("org.godwit.app.house.planted"));
  }
}
