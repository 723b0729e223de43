package org.godwit.app.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.godwit.app.action.Action;
import org.godwit.app.palette.ProgramCard;
import org.godwit.app.settings.Setting;
import org.godwit.app.text.Messages;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** Everything that Search everywhere finds by name. FX thread only. */
final class Findable {
  private final WorkbenchContext context;
  private final Messages messages;
  private final Doors doors;
  private final List<Setting> settings;
  private final List<WorkbenchStart.Choice> scenarios;
  private final List<Function<String, List<Found>>> alsoAsked = new ArrayList<>();

  /**
   * Where a hit leads.
   *
   * @param setting shows a setting
   * @param source opens a program's source
   * @param scenario opens a scenario
   */
  record Doors(
      Consumer<Setting> setting,
      Consumer<ProgramCard> source,
      Consumer<WorkbenchStart.Choice> scenario) {}

  Findable(
      WorkbenchContext context,
      List<Setting> settings,
      List<WorkbenchStart.Choice> scenarios,
      Doors doors) {
    this.context = context;
    this.messages = context.messages();
    this.settings = settings;
    this.scenarios = scenarios;
    this.doors = doors;
  }

  /** Asks a panel too. */
  void findAlso(Function<String, List<Found>> source) {
    alsoAsked.add(source);
  }

  /** Everything that can be found by name now. */
  List<Found> all() {
    List<Found> hits = new ArrayList<>();
    for (Action action : context.actions().all()) {
      hits.add(
          new Found(
              action.icon() == null ? Feather.CHEVRON_RIGHT : action.icon(),
              messages.of(action.labelKey()),
              messages.of(action.id().startsWith("window.") ? "search.window" : "search.action"),
              action.id().replace('.', ' '),
              action.keyText(),
              action.enabled().get() ? "" : messages.of(action.reasonKey()),
              action::fire));
    }
    for (Setting setting : settings) {
      String name = messages.of("setting." + setting.id());
      hits.add(
          new Found(
              Feather.SETTINGS,
              name,
              messages.of("search.setting"),
              setting.id().replace('.', ' '),
              "",
              "",
              () -> doors.setting().accept(setting)));
    }
    addCluster(hits);
    for (ProgramCard card : context.programs().cards()) {
      if (!card.source().isEmpty()) {
        hits.add(
            hit(
                Feather.CODE,
                card.sourceName(),
                "search.source",
                () -> doors.source().accept(card)));
      }
    }
    for (WorkbenchStart.Choice choice : scenarios) {
      String title = choice.title().in(messages.languageTag());
      hits.add(
          hit(Feather.LAYERS, title, "search.scenario", () -> doors.scenario().accept(choice)));
    }
    return hits;
  }

  private void addCluster(List<Found> hits) {
    ClusterView view = context.bridge().frame().view();
    for (NodeView node : view.nodes()) {
      int id = node.spec().id();
      hits.add(
          hit(
              Feather.SERVER,
              node.spec().name(),
              "search.node",
              () -> context.selection().selectNode(id)));
    }
    for (ProcessView process : view.processes()) {
      hits.add(
          hit(
              Feather.CPU,
              process.program() + " " + process.id(),
              "search.process",
              () -> context.selection().select(process.id())));
    }
  }

  private Found hit(Ikon icon, String text, String kindKey, Runnable choose) {
    return Found.of(icon, text, messages.of(kindKey), choose);
  }

  /** What panels find for the words typed. */
  List<Found> asked(String query) {
    return alsoAsked.stream().flatMap(source -> source.apply(query).stream()).toList();
  }
}
