package org.godwit.engine.kernel.tty;

/** Where a terminal of the session shows what it shows. */
public interface TerminalSink {
  /** Takes nothing. */
  TerminalSink NOWHERE =
      new TerminalSink() {
        @Override
        public void shows(String terminal, byte[] bytes) {}

        @Override
        public void closed(String terminal) {}
      };

  /** The next bytes for the screen. */
  void shows(String terminal, byte[] bytes);

  /** It is gone. */
  void closed(String terminal);
}
