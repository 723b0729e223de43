package org.godwit.engine.kernel.tty;

import java.util.function.IntConsumer;
import org.godwit.engine.state.Walk;

/**
 * N_TTY: what happens to a byte that comes from the keyboard (termios(3), "Canonical and
 * noncanonical mode"; n_tty.c). Left out: parity marks, modem lines.
 */
final class LineDiscipline {
  private static final int SIGINT = 2;
  private static final int SIGQUIT = 3;
  private static final int SIGTSTP = 20;
  private static final int BELL = 7;

  private final Termios termios;
  private final InputBuffer input;
  private final Screen screen;
  private final IntConsumer signals;
  private final PacketMode packets;

  /** Output is held by ^S. */
  private boolean held;

  /** The next byte is taken as it is (^V). */
  private boolean literal;

  /** Within an ECHOPRT erasure. */
  private boolean erasing;

  /**
   * @param signals told which signal the foreground gets
   * @param packets told what the master is to hear of
   */
  LineDiscipline(
      Termios termios, InputBuffer input, Screen screen, IntConsumer signals, PacketMode packets) {
    this.packets = packets;
    this.termios = termios;
    this.input = input;
    this.screen = screen;
    this.signals = signals;
  }

  boolean held() {
    return held;
  }

  void hold(boolean on) {
    if (held != on) {
      packets.note(on ? PacketMode.STOPPED : PacketMode.STARTED);
    }
    held = on;
  }

  private boolean canonical() {
    return termios.local(Termios.ICANON);
  }

  private boolean extended() {
    return termios.local(Termios.IEXTEN);
  }

  private boolean echoes() {
    return termios.local(Termios.ECHO);
  }

  /**
   * Whether another byte may come now. A line that grows beyond the buffer is thrown away from
   * there on, so that its end can still be typed; but typing ahead waits for the reader.
   */
  boolean ready() {
    return input.room() > 1 || canonical() && !input.hasLine();
  }

  /** A byte from the keyboard. */
  void receive(int typed) {
    int c = typed;
    if (termios.input(Termios.ISTRIP)) {
      c &= 0x7f;
    }
    if (termios.input(Termios.IUCLC) && extended() && c >= 'A' && c <= 'Z') {
      c += 32;
    }
    if (literal) {
      literal = false;
      keep(c);
      return;
    }
    if (held && termios.input(Termios.IXON) && termios.input(Termios.IXANY)) {
      hold(false);
    }
    if (!flow(c) && !signal(c)) {
      ordinary(c);
    }
  }

  private boolean flow(int c) {
    if (!termios.input(Termios.IXON)) {
      return false;
    }
    if (termios.is(Termios.VSTART, c)) {
      hold(false);
      return true;
    }
    if (termios.is(Termios.VSTOP, c)) {
      hold(true);
      return true;
    }
    return false;
  }

  private boolean signal(int c) {
    if (!termios.local(Termios.ISIG)) {
      return false;
    }
    int signal =
        termios.is(Termios.VINTR, c)
            ? SIGINT
            : termios.is(Termios.VQUIT, c) ? SIGQUIT : termios.is(Termios.VSUSP, c) ? SIGTSTP : 0;
    if (signal == 0) {
      return false;
    }
    if (!termios.local(Termios.NOFLSH)) {
      input.clear();
      screen.queue().drop(screen.queue().size());
      packets.note(PacketMode.FLUSHED_INPUT | PacketMode.FLUSHED_OUTPUT);
    }
    if (termios.input(Termios.IXON)) {
      hold(false);
    }
    if (echoes()) {
      screen.echo(c);
    }
    signals.accept(signal);
    return true;
  }

  private void ordinary(int typed) {
    int c = typed;
    if (c == '\r') {
      if (termios.input(Termios.IGNCR)) {
        return;
      }
      c = termios.input(Termios.ICRNL) ? '\n' : '\r';
    } else if (c == '\n' && termios.input(Termios.INLCR)) {
      c = '\r';
    }
    if (!canonical() || !edit(c)) {
      keep(c);
    }
  }

  /** Keeps and echoes a byte that means itself. */
  private void keep(int c) {
    if (input.room() <= 1) {
      if (canonical() && termios.input(Termios.IMAXBEL)) {
        screen.put(BELL);
      }
      return;
    }
    if (echoes()) {
      finishErasing();
      if (c == '\n') {
        screen.put('\n');
      } else {
        beginEditing();
        screen.echo(c);
      }
    }
    if (c == 0xff && termios.input(Termios.PARMRK)) {
      input.put(c);
    }
    input.put(c);
  }

  private void beginEditing() {
    if (input.editing() == 0) {
      screen.editFromHere();
    }
  }

  /** What canonical mode does with special characters; false if {@code c} is none. */
  private boolean edit(int c) {
    if (termios.is(Termios.VERASE, c)) {
      erase(Erasure.CHARACTER);
    } else if (termios.is(Termios.VKILL, c)) {
      erase(Erasure.LINE);
    } else if (extended() && termios.is(Termios.VWERASE, c)) {
      erase(Erasure.WORD);
    } else if (extended() && termios.is(Termios.VLNEXT, c)) {
      literal = true;
      if (echoes()) {
        finishErasing();
        if (termios.local(Termios.ECHOCTL)) {
          screen.put('^');
          screen.put('\b');
        }
      }
    } else if (extended() && echoes() && termios.is(Termios.VREPRINT, c)) {
      reprint(c);
    } else if (c == '\n') {
      if (echoes() || termios.local(Termios.ECHONL)) {
        screen.put('\n');
      }
      input.delimit('\n');
    } else if (termios.is(Termios.VEOF, c)) {
      input.endOfFile();
    } else if (termios.is(Termios.VEOL, c) || extended() && termios.is(Termios.VEOL2, c)) {
      if (echoes()) {
        beginEditing();
        screen.echo(c);
      }
      input.delimit(c);
    } else {
      return false;
    }
    return true;
  }

  private void reprint(int c) {
    finishErasing();
    screen.echo(c);
    screen.put('\n');
    for (int i = 0; i < input.editing(); i++) {
      screen.echo(input.edited(i));
    }
  }

  private enum Erasure {
    CHARACTER,
    WORD,
    LINE
  }

  private void erase(Erasure what) {
    if (input.editing() == 0) {
      return;
    }
    if (what == Erasure.LINE && !killsVisibly()) {
      input.takeBack(input.editing());
      if (echoes()) {
        finishErasing();
        screen.echo(termios.number(Termios.VKILL));
        if (termios.local(Termios.ECHOK)) {
          screen.put('\n');
        }
      }
      return;
    }
    boolean inWord = false;
    while (input.editing() > 0) {
      int start = input.editing() - 1;
      while (start > 0 && screen.isContinuation(input.edited(start))) {
        start--;
      }
      int c = input.edited(start);
      if (screen.isContinuation(c)) {
        break;
      }
      if (what == Erasure.WORD) {
        if (isWord(c)) {
          inWord = true;
        } else if (inWord) {
          break;
        }
      }
      takeBack(start, c, what);
      if (what == Erasure.CHARACTER) {
        break;
      }
    }
    if (input.editing() == 0 && echoes()) {
      finishErasing();
    }
  }

  private boolean killsVisibly() {
    return echoes()
        && termios.local(Termios.ECHOK)
        && termios.local(Termios.ECHOKE)
        && termios.local(Termios.ECHOE);
  }

  private static boolean isWord(int c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '_'
        || c >= 0xc0 && c != 0xd7 && c != 0xf7
        || c == 0xaa
        || c == 0xb5
        || c == 0xba;
  }

  /** Removes the character at {@code start} of the line, and from the screen. */
  private void takeBack(int start, int c, Erasure what) {
    int length = input.editing() - start;
    if (echoes() && termios.local(Termios.ECHOPRT)) {
      if (!erasing) {
        screen.put('\\');
        erasing = true;
      }
      screen.echo(c);
      for (int i = 1; i < length; i++) {
        screen.put(input.edited(start + i));
      }
    }
    input.takeBack(length);
    if (!echoes() || termios.local(Termios.ECHOPRT)) {
      return;
    }
    if (what == Erasure.CHARACTER && !termios.local(Termios.ECHOE)) {
      screen.echo(termios.number(Termios.VERASE));
    } else if (c == '\t') {
      unTab();
    } else {
      boolean control = Screen.isControl(c);
      if (control && termios.local(Termios.ECHOCTL)) {
        rubOut();
      }
      if (!control || termios.local(Termios.ECHOCTL)) {
        rubOut();
      }
    }
  }

  private void rubOut() {
    screen.put('\b');
    screen.put(' ');
    screen.put('\b');
  }

  /** Steps back over the tab that was just removed: columns since the last tab or the start. */
  private void unTab() {
    int columns = 0;
    for (int i = input.editing() - 1; i >= 0; i--) {
      int c = input.edited(i);
      if (c == '\t') {
        screen.eraseTab(columns, true);
        return;
      }
      if (Screen.isControl(c)) {
        columns += termios.local(Termios.ECHOCTL) ? 2 : 0;
      } else if (!screen.isContinuation(c)) {
        columns++;
      }
    }
    screen.eraseTab(columns, false);
  }

  private void finishErasing() {
    if (erasing) {
      screen.put('/');
      erasing = false;
    }
  }

  void walk(Walk walk) {
    held = walk.flag("held", held);
    literal = walk.flag("literal", literal);
    erasing = walk.flag("erasing", erasing);
  }
}
