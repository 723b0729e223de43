package org.godwit.app.canvas;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.godwit.app.action.UndoList;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.app.palette.ProgramLooks;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Theme;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;

/**
 * What the canvas gets to work with.
 *
 * @param bridge the engine: frames up, questions down
 * @param selection what is selected, everywhere
 * @param messages the texts
 * @param theme colours and fonts
 * @param looks colour and monogram of programs
 * @param notices messages to the user
 * @param submitAll carries out commands as one deed and tells of refusals
 * @param explain shows why a process does or does not move
 * @param openTerminal logs in to a node
 * @param undo what was done, to be undone
 * @param switches what the user set for the canvas
 */
public record CanvasTools(
    EngineBridge bridge,
    SelectionModel selection,
    Messages messages,
    Theme theme,
    ProgramLooks looks,
    NoticeBoard notices,
    Consumer<List<Command>> submitAll,
    Consumer<ProcessId> explain,
    IntConsumer openTerminal,
    UndoList undo,
    CanvasSwitches switches) {
  /** Carries out one command. */
  void submit(Command command) {
    submitAll.accept(List.of(command));
  }
}
