package org.godwit.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.godwit.model.ProblemException;
import org.godwit.model.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in resources/scenarios, our reader, and the published schema agree. */
class ScenariosOnBoardTest {
  private static final Path FOLDER = Path.of("../resources/scenarios");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @Test
  void thereIsOneForEachLineOfTheSeedBesideThoseOfFindingsAndLessons() throws IOException {
    assertThat(
            files().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.startsWith("finding-") && !name.startsWith("lesson-")))
        .containsExactly(
            "demo.json",
            "seed-cantmove.json",
            "seed-files.json",
            "seed-inittab.json",
            "seed-lock.json",
            "seed-mosrun-l.json",
            "seed-overflow.json",
            "seed-pipe.json",
            "seed-profile-cure.json",
            "seed-pthread-2.4.16.json",
            "seed-pthread.json",
            "seed-shmget.json",
            "seed-spin-slow-peers.json",
            "seed-spin-two.json",
            "seed-spin.json",
            "six-machines.json");
  }

  @ParameterizedTest
  @MethodSource("files")
  void theReaderTakesItAndTheWriterGivesItBack(Path file) throws IOException, ProblemException {
    Scenario scenario = read(file, Files.readString(file));

    assertThat(read(file, ScenarioWriter.text(scenario))).isEqualTo(scenario);
    assertThat(scenario.title().ja()).isNotEqualTo(scenario.title().en());
    assertThat(scenario.about().en()).isNotBlank();
    assertThat(scenario.about().ja()).isNotEqualTo(scenario.about().en());
  }

  @ParameterizedTest
  @MethodSource("files")
  void theSchemaTakesItAndWhatWeWrite(Path file) throws IOException, ProblemException {
    String text = Files.readString(file);

    assertThat(schema().validate(text, InputFormat.JSON)).isEmpty();
    assertThat(schema().validate(ScenarioWriter.text(read(file, text)), InputFormat.JSON))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'nodes': []}",
        "{'nodes': [{'id': 0}]}",
        "{'nodes': [{'id': 1, 'cpu': 2}]}",
        "{'nodes': [{'id': 1}], 'for': 60}",
        "{'nodes': [{'id': 1}], 'clockDivisor': 0}",
        "{'nodes': [{'id': 1}], 'script': [{'at': '1s', 'do': 'explode'}]}",
        "{'nodes': [{'id': 1}], 'script': [{'at': '1s', 'do': 'expel', 'node': 1, 'x': 2}]}",
        "{'nodes': [{'id': 1}], 'script': [{'at': '1s', 'do': 'launch', 'node': 1}]}",
      })
  void theSchemaRefusesWhatTheReaderRefuses(String quoted) throws IOException {
    String text = quoted.replace('\'', '"');

    assertThat(schema().validate(text, InputFormat.JSON)).isNotEmpty();
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> read(Path.of("x.json"), text)))
        .isInstanceOf(ProblemException.class);
  }

  private static Scenario read(Path file, String text) throws ProblemException {
    return ScenarioReader.read(file.toString(), new StringReader(text));
  }

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(Path.of("../docs/schema/scenario.schema.json")));
  }
}
