package org.godwit.app.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The test classes of modules, for pages that name tests.
 *
 * @param sources text of each by its simple name
 */
record NamedTests(Map<String, String> sources) {
  /** Those of these modules. */
  static NamedTests of(String... modules) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (String module : modules) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
          sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return new NamedTests(sources);
  }

  /** Whether the class has a method of that name that is annotated as a test. */
  boolean has(String type, String method) {
    String source = sources.getOrDefault(type, "");
    Matcher named = Pattern.compile("(void|Stream<DynamicTest>) " + method + "\\(").matcher(source);
    if (!named.find()) {
      return false;
    }
    String before = source.substring(0, named.start());
    String member = before.substring(before.lastIndexOf("\n\n")); // an empty line is before it
    return Pattern.compile("@(Test|ParameterizedTest|TestFactory)\\b").matcher(member).find();
  }
}
