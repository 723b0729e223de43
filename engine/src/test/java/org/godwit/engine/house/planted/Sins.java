package org.godwit.engine.house.planted;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One method for each thing that is banned, and some that are not; nobody runs them. */
@SuppressWarnings("unused")
final class Sins {

  private Sins() {}

  static long sinMillis() {
    return System.currentTimeMillis();
  }

  static LongSupplier sinNanosByReference() {
    return System::nanoTime;
  }

  static LongSupplier sinNanosInLambda() {
    return () -> System.nanoTime() / 2;
  }

  static Instant sinInstant() {
    return Instant.now();
  }

  static LocalDate sinLocalDate() {
    return LocalDate.now(ZoneId.of("UTC"));
  }

  static Clock sinClock() {
    return Clock.systemUTC();
  }

  static Date sinDate() {
    return new Date();
  }

  static double sinMathRandom() {
    return Math.random();
  }

  static Random sinRandom() {
    return new Random();
  }

  static SplittableRandom sinSplittable() {
    return new SplittableRandom();
  }

  static RandomGenerator sinGenerator() {
    return RandomGenerator.getDefault();
  }

  static int sinThreadLocalRandom() {
    return ThreadLocalRandom.current().nextInt();
  }

  static void sinShuffle(List<String> list) {
    Collections.shuffle(list);
  }

  static UUID sinUuid() {
    return UUID.randomUUID();
  }

  static boolean sinFile(String name) {
    return new File(name).exists();
  }

  static boolean sinFiles(Path path) {
    return Files.exists(path);
  }

  static String sinProperty() {
    return System.getProperty("user.home");
  }

  static void sinPrint() {
    System.out.println();
  }

  static Locale sinLocale() {
    return Locale.getDefault();
  }

  static Charset sinCharset() {
    return Charset.defaultCharset();
  }

  static ZoneId sinZone() {
    return ZoneId.systemDefault();
  }

  static String sinFormat(int value) {
    return String.format("%d", value);
  }

  static String sinFormatted(int value) {
    return "%d".formatted(value);
  }

  static String sinLowerCase(String text) {
    return text.toLowerCase();
  }

  static Function<String, String> sinUpperCaseByReference() {
    return String::toUpperCase;
  }

  static byte[] sinGetBytes(String text) {
    return text.getBytes();
  }

  static String sinNewString(byte[] bytes) {
    return new String(bytes);
  }

  static String sinToString(ByteArrayOutputStream bytes) {
    return bytes.toString();
  }

  static InputStreamReader sinReader(byte[] bytes) {
    return new InputStreamReader(new ByteArrayInputStream(bytes));
  }

  static String sinDecimalFormat(double value) {
    return new DecimalFormat("0.0").format(value);
  }

  static double sinSine(double x) {
    return Math.sin(x);
  }

  static double sinPower(double x) {
    return Math.pow(x, 2);
  }

  static double sinTanh(double x) {
    return Math.tanh(x);
  }

  static int sinIdentity(Object object) {
    return System.identityHashCode(object);
  }

  static int sinObjectHash(Object object) {
    return object.hashCode();
  }

  static Map<Object, String> sinIdentityMap() {
    return new IdentityHashMap<>();
  }

  static long sinParallelStream(List<String> list) {
    return list.parallelStream().count();
  }

  static long sinParallel(Stream<String> stream) {
    return stream.parallel().count();
  }

  static Map<String, String> sinMapCopy(Map<String, String> map) {
    return Map.copyOf(map);
  }

  static Set<String> sinToSet(Stream<String> stream) {
    return stream.collect(Collectors.toSet());
  }

  static Map<String, String> sinToMap(Stream<String> stream) {
    return stream.collect(Collectors.toMap(x -> x, x -> x));
  }

  static double fineRoot(double x) {
    return Math.sqrt(Math.abs(x)) + StrictMath.sin(x);
  }

  static Random fineRandom(long seed) {
    return new Random(seed);
  }

  static String fineText(byte[] bytes, int value) {
    return new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT)
        + String.format(Locale.ROOT, "%d", value);
  }

  static Map<String, String> fineMap(Stream<String> stream) {
    return stream.collect(Collectors.toMap(x -> x, x -> x, (a, b) -> a, TreeMap::new));
  }
}
