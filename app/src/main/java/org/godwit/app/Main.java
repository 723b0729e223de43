package org.godwit.app;

import org.godwit.app.cli.Cli;

/** The program's entry, for the window and for the command line alike. */
public final class Main {

  private Main() {}

  /**
   * Starts Godwit and ends the JVM with the exit status, whatever threads a window left behind.
   *
   * @param args the command line, without the program's name
   */
  public static void main(String[] args) {
    System.exit(Cli.run(args));
  }
}
