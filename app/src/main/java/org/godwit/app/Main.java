package org.godwit.app;

/** The program's entry, for the window and for the command line alike. */
public final class Main {

  private Main() {}

  /**
   * Starts Godwit.
   *
   * @param args the command line, without the program's name
   */
  public static void main(String[] args) {
    System.out.println("usage: godwit [FILE.godwit | COMMAND [ARGS...]]");
  }
}
