package org.godwit.app.workbench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import org.godwit.app.notice.Notice;
import org.godwit.app.palette.ProgramShelf;
import org.godwit.model.Problem;
import org.godwit.model.command.Command;

/**
 * Files from the desktop: an ELF becomes a program, a {@code .godwit} is opened, two are compared.
 * The bytes are read on a thread of their own; what is wrong with a program the engine says, in one
 * sentence.
 */
public final class DroppedFiles {
  /** Marks what is dragged out of a window of ours: a chart is a file too, and not for us. */
  public static final DataFormat OURS = new DataFormat("application/x-godwit-picture");

  private static final long LARGEST = 256L << 20;
  private static final String RECORDING = ".godwit";

  private final WorkbenchContext context;
  private final ProgramShelf shelf;
  private final WorkbenchStart.RecordingOpener recordings;

  DroppedFiles(
      WorkbenchContext context, ProgramShelf shelf, WorkbenchStart.RecordingOpener recordings) {
    this.context = context;
    this.shelf = shelf;
    this.recordings = recordings;
  }

  /**
   * Lets the scene take files, before the panels see them: the dock consumes every drag over it,
   * also those that it does not want.
   *
   * @param before what makes room for what will be shown
   */
  void listen(Scene scene, Runnable before) {
    scene.addEventFilter(
        DragEvent.DRAG_OVER,
        e -> {
          if (fromOutside(e)) {
            e.acceptTransferModes(TransferMode.COPY);
            e.consume();
          }
        });
    scene.addEventFilter(
        DragEvent.DRAG_DROPPED,
        e -> {
          if (fromOutside(e)) {
            before.run();
            take(e.getDragboard().getFiles().stream().map(File::toPath).toList());
            e.setDropCompleted(true);
            e.consume();
          }
        });
  }

  private static boolean fromOutside(DragEvent event) {
    return event.getDragboard().hasFiles() && !event.getDragboard().hasContent(OURS);
  }

  /** Takes files; two recordings that come together are compared. */
  void take(List<Path> files) {
    if (files.size() == 2 && files.stream().allMatch(DroppedFiles::isRecording)) {
      recordings.compare(files.getFirst(), files.getLast(), context);
    } else {
      files.forEach(this::take);
    }
  }

  private static boolean isRecording(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(RECORDING);
  }

  /** Takes one file. */
  void take(Path file) {
    if (isRecording(file)) {
      recordings.open(file, context);
      return;
    }
    Thread.ofVirtual().start(() -> read(file));
  }

  private void read(Path file) {
    String name = file.getFileName().toString();
    String program = name.endsWith(".elf") ? name.substring(0, name.length() - 4) : name;
    try {
      if (Files.size(file) > LARGEST) {
        tell("file.too-large", name, LARGEST >> 20);
        return;
      }
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length < 4 || bytes[0] != 0x7F || bytes[1] != 'E') {
        tell("file.not-program", name);
        return;
      }
      take(program, bytes);
    } catch (IOException e) {
      tell("file.unreadable", name, String.valueOf(e.getMessage()));
    }
  }

  /** Takes a program: the cluster knows it under that name from now on, and so does the shelf. */
  void take(String program, byte[] elf) {
    context
        .bridge()
        .addProgram(
            program,
            elf,
            () -> {
              shelf.add(program, elf);
              context.bridge().submit(new Command.InstallProgram(program));
              context
                  .notices()
                  .post(
                      Notice.of(
                          Notice.Severity.INFO,
                          context.bridge().frame().view().nanos(),
                          "file.program-added",
                          program));
            });
  }

  private void tell(String key, Object... arguments) {
    Platform.runLater(
        () ->
            context
                .notices()
                .post(
                    new Notice(
                        Notice.Severity.WARNING, Problem.of(key, arguments), "", -1, List.of())));
  }
}
