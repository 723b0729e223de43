package org.godwit.engine.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The engine's packages and who may use whom: the table of {@code docs/architecture.md}, bottom
 * first.
 *
 * <p>A row names what its package is built on; it may also use what those are built on, because
 * their types appear in what they offer (a node hands a kernel's process to migration). Nothing may
 * use upwards or sideways. A new package needs a row here and a line in that page.
 */
final class Arrows {

  private static final List<Row> ROWS =
      List.of(
          row("time"),
          row("isa"),
          row("state"),
          row("memory", "state"),
          row("machine", "isa", "memory", "state"),
          row("jit", "machine", "isa", "memory"),
          row("elf", "memory"),
          row("network", "time", "state"),
          row("kernel", "machine", "memory", "elf", "time", "state", "network"),
          row("migration", "kernel", "network"),
          row("info", "network", "state"),
          row("balance", "time"),
          row("node", "kernel", "jit", "migration", "info", "balance", "time"),
          row("cluster", "node"),
          row("session", "cluster"));

  private final String base;

  /**
   * The arrows below one root package.
   *
   * @param base the package that holds the engine's packages, {@code org.godwit.engine} but for the
   *     planted offenders
   */
  Arrows(String base) {
    this.base = base;
  }

  /** One rule for each row, tolerant of packages that do not exist yet. */
  Stream<ArchRule> rules() {
    SequencedMap<String, SequencedSet<String>> reach = reach();
    return reach.entrySet().stream()
        .map(
            entry ->
                noClasses()
                    .that()
                    .resideInAPackage(within(entry.getKey()))
                    .should()
                    .dependOnClassesThat(
                        resideInAPackage(base + "..")
                            .and(not(resideInAnyPackage(allowed(entry.getKey(), entry.getValue()))))
                            .as("engine packages other than " + entry.getValue()))
                    .allowEmptyShould(true));
  }

  /** Every class below the root lives in a package that has a row. */
  ArchRule drawn() {
    String[] known =
        Stream.concat(ROWS.stream().map(row -> within(row.name)), Stream.of(base))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(base + "..")
        .should()
        .resideInAnyPackage(known)
        .as("every engine package has a row in Arrows");
  }

  /** For each package all that it rests on, itself excepted. */
  private static SequencedMap<String, SequencedSet<String>> reach() {
    SequencedMap<String, SequencedSet<String>> reach = new TreeMap<>();
    for (Row row : ROWS) {
      SequencedSet<String> below = new TreeSet<>();
      for (String used : row.uses) {
        below.add(used);
        below.addAll(known(reach, used));
      }
      reach.put(row.name, below);
    }
    return reach;
  }

  private static SequencedSet<String> known(Map<String, SequencedSet<String>> rows, String name) {
    SequencedSet<String> found = rows.get(name);
    if (found == null) {
      throw new IllegalStateException(name + " is used before its own row: an upward arrow");
    }
    return found;
  }

  private String[] allowed(String name, SequencedSet<String> below) {
    return Stream.concat(Stream.of(name), below.stream()).map(this::within).toArray(String[]::new);
  }

  private String within(String name) {
    return base + "." + name + "..";
  }

  private static Row row(String name, String... uses) {
    return new Row(name, List.of(uses));
  }

  private record Row(String name, List<String> uses) {}
}
