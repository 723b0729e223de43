package org.godwit.engine.house;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One thing that model and engine must not touch (decisions 8 and 18).
 *
 * @param reason why, and what to use instead
 * @param access true for a call, constructor, method reference or field that is banned
 * @param type true for a type whose mere mention (field, parameter, supertype, call) is banned
 */
record Ban(String reason, Predicate<JavaAccess<?>> access, Predicate<JavaClass> type) {

  private static final String CLOCK = "reads the wall clock: time is moved by the loop alone";
  private static final String RANDOM = "is not seeded: use a keyed draw";
  private static final String HOST = "reaches the host: host files and streams live in app";
  private static final String LOCALE = "depends on the host's locale, charset or zone: name one";
  private static final String LIBM = "may differ between hosts: use StrictMath";
  private static final String ORDER = "has no order that two JVMs share";

  static final List<Ban> ALL =
      List.of(
          call(CLOCK, "java.lang.System", "currentTimeMillis|nanoTime"),
          call(CLOCK, "java\\.time\\..*", "now|system|systemUTC|systemDefaultZone|tick.*"),
          call(CLOCK, "java.util.Date", "<init>", ""),
          call(CLOCK, "java.util.Calendar", "getInstance"),
          type(CLOCK, "java.util.(Timer|TimerTask)"),
          call(RANDOM, "java.lang.Math", "random"),
          call(RANDOM, "java.lang.StrictMath", "random"),
          call(RANDOM, "java.util.(Random|SplittableRandom)", "<init>", ""),
          call(RANDOM, "java.util.random.*", "getDefault|create", ""),
          call(RANDOM, "java.util.random.RandomGenerator", "of"),
          call(RANDOM, "java.util.Collections", "shuffle", "java.util.List"),
          call(RANDOM, "java.util.UUID", "randomUUID"),
          type(RANDOM, "java.util.concurrent.ThreadLocalRandom|java.security.SecureRandom"),
          type(HOST, "java.io.(File|RandomAccessFile|Console)"),
          type(HOST, "java.io.File(InputStream|OutputStream|Reader|Writer)"),
          type(HOST, "java\\.nio\\.file\\..*|java.nio.channels.FileChannel"),
          type(HOST, "java\\.net\\.(?!URI).*|java.lang.Process(Builder|Handle)?"),
          call(HOST, "java.lang.System", "getProperty|getProperties|getenv|exit|out|err|in"),
          call(HOST, "java.lang.Runtime", "getRuntime"),
          call(LOCALE, "java.util.Locale", "getDefault"),
          call(LOCALE, "java.util.TimeZone", "getDefault"),
          call(LOCALE, "java.time.ZoneId", "systemDefault"),
          call(LOCALE, "java.nio.charset.Charset", "defaultCharset"),
          call(LOCALE, "java.lang.String", "format", "java.lang.String,.*"),
          call(LOCALE, "java.lang.String", "formatted"),
          call(LOCALE, "java.lang.String", "toLowerCase|toUpperCase|getBytes", ""),
          call(LOCALE, "java.lang.String", "<init>", "byte\\[\\](,int,int)?"),
          call(LOCALE, "java.io.ByteArrayOutputStream", "toString", ""),
          call(LOCALE, "java.io.InputStreamReader", "<init>", "java.io.InputStream"),
          call(LOCALE, "java.io.OutputStreamWriter", "<init>", "java.io.OutputStream"),
          call(LOCALE, "java.io.Print(Stream|Writer)", "<init>", "java.io.OutputStream(,boolean)?"),
          call(LOCALE, "java.io.Print(Stream|Writer)", "printf|format", "java.lang.String,.*"),
          call(LOCALE, "java.util.Scanner", "<init>", "java.io.InputStream"),
          call(LOCALE, "java.util.Formatter", "<init>", "(java.lang.Appendable)?"),
          call(LOCALE, "java.time.format.DateTimeFormatter", "ofPattern", "java.lang.String"),
          type(LOCALE, "java.text.(.*Format|Collator|BreakIterator)"),
          call(LIBM, "java.lang.Math", "a?(sin|cos|tan)|atan2|(sin|cos|tan)h"),
          call(LIBM, "java.lang.Math", "exp|expm1|log|log10|log1p|pow|cbrt|hypot"),
          call(ORDER, "java.lang.System", "identityHashCode"),
          call(ORDER, "java.lang.Object|java.lang.Enum", "hashCode"),
          type(ORDER, "java.util.(IdentityHashMap|WeakHashMap)"),
          call(ORDER, ".*", "parallelStream|parallel", ""),
          call(ORDER, "java.util.(Map|Set)", "copyOf"),
          call(
              ORDER,
              "java.util.stream.Collectors",
              "toUnmodifiable(Set|Map)|toSet|toConcurrentMap|groupingByConcurrent"),
          call(
              ORDER,
              "java.util.stream.Collectors",
              "toMap",
              "java.util.function.Function,java.util.function.Function"
                  + "(,java.util.function.BinaryOperator)?"),
          call(
              ORDER,
              "java.util.stream.Collectors",
              "groupingBy",
              "java.util.function.Function(,java.util.stream.Collector)?"));

  /** Why this access offends, if it does. */
  Optional<String> offence(JavaAccess<?> candidate) {
    return access.test(candidate) ? Optional.of(reason) : Optional.empty();
  }

  private static Ban call(String reason, String owner, String member) {
    return call(reason, owner, member, ".*");
  }

  /**
   * Bans members by pattern.
   *
   * @param parameters a pattern for the raw parameter types, joined by commas
   */
  private static Ban call(String reason, String owner, String member, String parameters) {
    Pattern owners = Pattern.compile(owner);
    Pattern members = Pattern.compile(member);
    Pattern signature = Pattern.compile(parameters);
    return new Ban(
        reason,
        access ->
            owners.matcher(access.getTargetOwner().getFullName()).matches()
                && members.matcher(access.getTarget().getName()).matches()
                && signature.matcher(parametersOf(access)).matches(),
        type -> false);
  }

  private static Ban type(String reason, String name) {
    Pattern names = Pattern.compile(name);
    return new Ban(
        reason,
        access -> false,
        type -> names.matcher(type.getBaseComponentType().getName()).matches());
  }

  private static String parametersOf(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
      return "";
    }
    List<String> names =
        target.getRawParameterTypes().stream()
            .map(
                type ->
                    type.isArray() ? type.getBaseComponentType().getName() + "[]" : type.getName())
            .toList();
    return String.join(",", names);
  }
}
