package org.godwit.app.bridge;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.godwit.app.host.HostEngine;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.ProblemException;
import org.godwit.model.json.ScenarioReader;
import org.godwit.resources.Catalogue;

/** Sessions of scenarios on board, with the programs on board. */
public final class BoardSession {
  private BoardSession() {}

  /**
   * Opens one.
   *
   * @param settings as on the command line: {@code clockDivisor=1000}
   */
  public static Session open(String scenario, String... settings) throws ProblemException {
    return Session.open(
        ScenarioReader.read(
            scenario + ".json",
            new InputStreamReader(
                Catalogue.scenario(scenario).orElseThrow(), StandardCharsets.UTF_8),
            List.of(settings)),
        name -> Catalogue.program(name).map(Catalogue::elf),
        SessionOptions.DEFAULT.with(HostEngine.auto()));
  }
}
