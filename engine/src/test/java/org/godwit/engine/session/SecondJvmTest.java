package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.godwit.model.scenario.Scenario;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another JVM, in another country, with other identity hashes and another compiler, computes the
 * same states and the same bytes.
 */
@Execution(ExecutionMode.CONCURRENT)
class SecondJvmTest {
  private static final List<String> COURSES = List.of("pipe", "migrate-every", "eventful");

  static Stream<List<String>> abroad() {
    return Stream.of(
        // The Turkish i, a zone with odd minutes, identity hashes that are all alike.
        List.of(
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.timezone=Asia/Kathmandu",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=2"),
        // Arabic digits, a charset of seven bits, other identity hashes, another compiler.
        List.of(
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-Duser.timezone=Pacific/Chatham",
            "-Dfile.encoding=COMPAT",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=0",
            "-XX:TieredStopAtLevel=1"));
  }

  @ParameterizedTest
  @MethodSource("abroad")
  void anotherJvmComputesTheSame(List<String> options) throws Exception {
    List<String> here = new ArrayList<>();
    for (String course : COURSES) {
      for (String line : Course.named(course).run(SessionOptions.DEFAULT).lines()) {
        here.add(course + " " + line);
      }
    }
    assertThat(elsewhere(options)).isEqualTo(here);
  }

  private static List<String> elsewhere(List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), FingerprintTool.class.getName()));
    command.addAll(COURSES);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    java.lang.Process jvm = builder.start();
    jvm.getOutputStream().close();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(jvm.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  /** Where the classes of this test come from, whether on a class path or in modules. */
  private static String classPath() throws IOException, URISyntaxException {
    List<String> places = new ArrayList<>();
    for (Class<?> each :
        List.of(SecondJvmTest.class, Session.class, Scenario.class, Catalogue.class, Gson.class)) {
      places.add(placeOf(each));
    }
    return String.join(File.pathSeparator, places);
  }

  private static String placeOf(Class<?> type) throws URISyntaxException {
    String resource = "/" + type.getName().replace('.', '/') + ".class";
    URL url = type.getResource(resource);
    String text = url.toString();
    String place = text.substring(0, text.length() - resource.length());
    if (place.startsWith("jar:")) {
      place = place.substring("jar:".length(), place.length() - "!".length());
    }
    return Path.of(new URI(place)).toString();
  }
}
