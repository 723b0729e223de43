package org.godwit.app.workbench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.palette.ProgramCard;
import org.godwit.app.panel.PanelWindows;
import org.godwit.app.theme.Variant;
import org.godwit.model.command.Command;
import org.godwit.model.scenario.LocalText;

/** A start on the scripted cluster, for tests and for looking at the window. */
public final class SampleStart {
  private SampleStart() {}

  static final List<ProgramCard> CARDS =
      List.of(
          card("spin", 0, "Sp", "Counting loop", "数え続けるループ", null),
          card("shmget", 1, "Sh", "Shared memory", "共有メモリ", "monkey"),
          card("pipe", 2, "Pi", "Parent and child with a pipe", "パイプでつながる親子", null),
          card("pthread", 3, "Pt", "Threads that greet", "あいさつするスレッド", "clone_vm"),
          card("files", 4, "Fi", "Reads and writes files", "ファイルの読み書き", null),
          card("threads", 5, "Th", "Threads that stay busy", "忙しいスレッド", "clone_vm"));

  private static ProgramCard card(
      String name, int slot, String monogram, String en, String ja, String reason) {
    return new ProgramCard(
        name,
        slot,
        monogram,
        List.of(),
        new LocalText(en, ja),
        new LocalText(en, ja),
        new LocalText(en, ja),
        reason == null,
        reason,
        name + ".c",
        "int main(void) { for (;;); }\n");
  }

  /** Nodes with {@code launches} spins on the first and some company. */
  public static WorkbenchStart of(int peers, int spins, boolean company) {
    WorkbenchStart.Choice choice =
        new WorkbenchStart.Choice(
            "scripted",
            new LocalText("Three nodes", "3 つのノード"),
            () -> {
              ScriptedCluster cluster = new ScriptedCluster(ScriptedCluster.scenario(peers));
              List<Command> first = new ArrayList<>();
              if (spins > 0) {
                first.add(new Command.Launch("a", 1, "spin", List.of(), spins, false));
              }
              if (company) {
                first.add(new Command.Launch("b", 2, "shmget", List.of(), 1, false));
                first.add(new Command.Launch("c", 2, "pipe", List.of(), 2, false));
                first.add(new Command.Launch("d", 3, "files", List.of(), 1, true));
                first.add(new Command.Launch("e", 3, "pthread", List.of(), 1, false));
              }
              first.forEach(cluster::submit);
              return cluster;
            });
    return WorkbenchStart.of(List.of(choice), CARDS)
        .withToolWindows(PanelWindows.all())
        .withLook(Locale.ENGLISH, Variant.LIGHT);
  }

  /** Shows the window on the scripted cluster: look, language, spins, peers. */
  public static void main(String[] args) {
    Variant look = Variant.valueOf(args.length > 0 ? args[0] : "LIGHT");
    Locale language = Locale.forLanguageTag(args.length > 1 ? args[1] : "en");
    int spins = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    int peers = args.length > 3 ? Integer.parseInt(args[3]) : 2;
    WorkbenchStart start = of(peers, spins, true).withLook(language, look);
    WorkbenchApp.launch(args.length > 4 ? start.withSettings(Path.of(args[4])) : start);
  }
}
