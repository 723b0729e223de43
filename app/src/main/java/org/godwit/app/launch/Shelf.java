package org.godwit.app.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.godwit.app.bridge.EngineSession;
import org.godwit.app.host.HostEngine;
import org.godwit.app.host.OwnLessons;
import org.godwit.app.palette.ProgramCard;
import org.godwit.app.workbench.WorkbenchStart;
import org.godwit.engine.session.Advisers;
import org.godwit.engine.session.ProgramSource;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.json.ScenarioReader;
import org.godwit.model.scenario.LocalText;
import org.godwit.model.scenario.Scenario;
import org.godwit.resources.Catalogue;

/** What is on board, in the workbench's terms. */
final class Shelf {
  /** What the workbench opens with. */
  static final String DEMO = "demo";

  private Shelf() {}

  /** The programs on board by name, and what nodes can boot from. */
  static ProgramSource programs() {
    return new CatalogueSource(true);
  }

  /** All cards, in the order of the palette. */
  static List<ProgramCard> cards() {
    return Catalogue.programs().stream().map(Shelf::card).toList();
  }

  private static ProgramCard card(org.godwit.resources.ProgramCard card) {
    return new ProgramCard(
        card.name(),
        card.slot(),
        card.monogram(),
        card.arguments(),
        text(card.title()),
        text(card.shows()),
        text(card.lookFor()),
        card.reason().isEmpty(),
        card.reason().orElse(null),
        card.source(),
        Catalogue.source(card));
  }

  private static LocalText text(org.godwit.resources.ProgramCard.Text text) {
    return new LocalText(text.in(Locale.ENGLISH), text.in(Locale.JAPANESE));
  }

  /**
   * All scenarios; the demo first, then by name.
   *
   * @param advisers who answers for the user's own policies
   */
  static List<WorkbenchStart.Choice> choices(Advisers advisers) throws ProblemException {
    List<WorkbenchStart.Choice> choices = new ArrayList<>();
    choices.add(choice(DEMO, advisers));
    for (String name : Catalogue.scenarios()) {
      if (!name.equals(DEMO)) {
        choices.add(choice(name, advisers));
      }
    }
    return choices;
  }

  private static WorkbenchStart.Choice choice(String name, Advisers advisers)
      throws ProblemException {
    return choice(scenario(name), programs(), advisers);
  }

  /** The scenarios that a teacher's own lessons bring. */
  static List<WorkbenchStart.Choice> choices(OwnLessons own, Advisers advisers) {
    List<WorkbenchStart.Choice> choices = new ArrayList<>();
    own.scenarios()
        .forEach(
            (file, scenario) ->
                choices.add(choice(scenario, new BesideSource(file, true), advisers)));
    return choices;
  }

  private static WorkbenchStart.Choice choice(
      Scenario scenario, ProgramSource programs, Advisers advisers) {
    return new WorkbenchStart.Choice(
        scenario.name(),
        scenario.title(),
        () -> {
          Session session =
              Session.open(scenario, programs, SessionOptions.DEFAULT.with(HostEngine.auto()));
          session.consult(advisers);
          return new EngineSession(session);
        });
  }

  /** A scenario on board. */
  static Scenario scenario(String name) throws ProblemException {
    Optional<InputStream> stream = Catalogue.scenario(name);
    if (stream.isEmpty()) {
      throw new ProblemException(Problem.of("host.missing", name));
    }
    try (Reader reader = new InputStreamReader(stream.get(), StandardCharsets.UTF_8)) {
      return ScenarioReader.read(name + ".json", reader);
    } catch (IOException e) {
      throw new ProblemException(Problem.of("host.unreadable", name));
    }
  }
}
