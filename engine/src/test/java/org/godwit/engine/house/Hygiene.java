package org.godwit.engine.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What keeps a run the same on every host (decisions 8 and 18), as rules over class files.
 *
 * <p>What they cannot see: a hash-ordered collection that is made in one class and iterated in
 * another. The determinism tests (two JVMs, two locales) are the net below this one.
 */
final class Hygiene {

  /** Makes a collection whose order depends on hashes: identity, salt or table size. */
  private static final Pattern MAKES_HASH_ORDER =
      Pattern.compile(
          "java\\.util\\.(HashMap|HashSet|concurrent\\.ConcurrentHashMap)\\.(<init>|new.*)"
              + "|java\\.util\\.(Map|Set)\\.(of|ofEntries|copyOf)"
              + "|java\\.util\\.stream\\.Collectors\\.(toSet|toMap|groupingBy)");

  /** Shows the order of something whose static type promises none. */
  private static final Pattern SHOWS_ORDER =
      Pattern.compile(
          "java\\.util\\.(Map|HashMap|AbstractMap|concurrent\\.ConcurrentMap"
              + "|concurrent\\.ConcurrentHashMap)"
              + "\\.(entrySet|keySet|values|forEach|replaceAll|toString)"
              + "|java\\.util\\.(Set|HashSet|AbstractSet)"
              + "\\.(iterator|stream|forEach|toArray|spliterator|toString)");

  /** Hands out a set that keeps its map's order, though its static type does not say so. */
  private static final Pattern KEEPS_ORDER =
      Pattern.compile(
          "java\\.util\\.(TreeMap|LinkedHashMap|EnumMap|(Sorted|Navigable|Sequenced)Map)"
              + "\\.(entrySet|keySet)");

  private Hygiene() {}

  /** No banned call, constructor, method reference, field or type. */
  static ArchRule touchesNothingBanned() {
    return rule(
        "touch nothing that differs between hosts or runs",
        type -> Stream.concat(bannedAccesses(type), bannedTypes(type)));
  }

  /**
   * A class that makes a hash-ordered collection iterates nothing but collections whose static type
   * promises an order ({@code TreeMap}, {@code SequencedMap}, {@code EnumMap}, {@code List}).
   */
  static ArchRule iteratesNothingHashOrdered() {
    return rule("iterate no hash-ordered collection", Hygiene::hashIterations);
  }

  /** Threads, executors and locks; the engine's only ones are the workers of its window loop. */
  static ArchRule ownsNoThread() {
    Pattern threads =
        Pattern.compile(
            "java\\.lang\\.Thread(\\$Builder.*)?"
                + "|java\\.util\\.concurrent\\.(Executor.*|ForkJoin.*|.*ThreadPool.*"
                + "|CompletableFuture|StructuredTaskScope.*)");
    return rule(
        "own no thread",
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .filter(use -> threads.matcher(nameOf(use)).matches())
                .map(use -> use.getDescription() + " owns or names a thread"));
  }

  private static Stream<String> bannedAccesses(JavaClass type) {
    return type.getAccessesFromSelf().stream()
        .flatMap(
            access ->
                Ban.ALL.stream()
                    .flatMap(ban -> ban.offence(access).stream())
                    .limit(1)
                    .map(reason -> access.getDescription() + " " + reason));
  }

  private static Stream<String> bannedTypes(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .flatMap(
            use ->
                Ban.ALL.stream()
                    .filter(ban -> ban.type().test(use.getTargetClass()))
                    .limit(1)
                    .map(ban -> use.getDescription() + " " + ban.reason()));
  }

  private static Stream<String> hashIterations(JavaClass type) {
    List<JavaAccess<?>> accesses = List.copyOf(type.getAccessesFromSelf());
    if (accesses.stream().noneMatch(access -> matches(MAKES_HASH_ORDER, access))) {
      return Stream.empty();
    }
    return accesses.stream()
        .filter(access -> matches(SHOWS_ORDER, access))
        .filter(access -> !isSetOfOrderedMap(access))
        .map(
            access ->
                access.getDescription()
                    + " may iterate in hash order: declare the variable with a type that promises"
                    + " an order");
  }

  private static boolean isSetOfOrderedMap(JavaAccess<?> access) {
    return access.getTargetOwner().getFullName().equals("java.util.Set")
        && access.getOrigin().getAccessesFromSelf().stream()
            .anyMatch(sibling -> matches(KEEPS_ORDER, sibling));
  }

  private static boolean matches(Pattern pattern, JavaAccess<?> access) {
    String member = access.getTargetOwner().getFullName() + "." + access.getTarget().getName();
    return pattern.matcher(member).matches();
  }

  private static String nameOf(Dependency use) {
    return use.getTargetClass().getBaseComponentType().getName();
  }

  private static ArchRule rule(String sentence, Function<JavaClass, Stream<String>> offences) {
    return classes()
        .should(
            new ArchCondition<JavaClass>(sentence) {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                offences
                    .apply(type)
                    .forEach(line -> events.add(SimpleConditionEvent.violated(type, line)));
              }
            })
        .allowEmptyShould(true);
  }
}
