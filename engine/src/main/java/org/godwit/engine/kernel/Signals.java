package org.godwit.engine.kernel;

/** Signal numbers and default actions of Linux (signal(7), asm-generic numbering). */
public final class Signals {
  public static final int COUNT = 64;
  public static final int SIGHUP = 1;
  public static final int SIGINT = 2;
  public static final int SIGQUIT = 3;
  public static final int SIGILL = 4;
  public static final int SIGTRAP = 5;
  public static final int SIGABRT = 6;
  public static final int SIGBUS = 7;
  public static final int SIGFPE = 8;
  public static final int SIGKILL = 9;
  public static final int SIGSEGV = 11;
  public static final int SIGPIPE = 13;
  public static final int SIGALRM = 14;
  public static final int SIGTERM = 15;
  public static final int SIGCHLD = 17;
  public static final int SIGCONT = 18;
  public static final int SIGSTOP = 19;
  public static final int SIGTSTP = 20;
  public static final int SIGTTIN = 21;
  public static final int SIGTTOU = 22;
  public static final int SIGURG = 23;
  public static final int SIGXCPU = 24;
  public static final int SIGXFSZ = 25;
  public static final int SIGVTALRM = 26;
  public static final int SIGPROF = 27;
  public static final int SIGWINCH = 28;

  private Signals() {}

  /** What happens to a process that has no handler. */
  enum Default {
    TERMINATE,
    IGNORE,
    STOP,
    CONTINUE
  }

  static Default defaultOf(int signal) {
    return switch (signal) {
      case SIGCHLD, SIGURG, SIGWINCH -> Default.IGNORE;
      case SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU -> Default.STOP;
      case SIGCONT -> Default.CONTINUE;
      default -> Default.TERMINATE;
    };
  }

  /** Whether its default action would dump core: what people call a crash. */
  public static boolean isCrash(int signal) {
    return switch (signal) {
      case SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGXCPU, SIGXFSZ -> true;
      default -> false;
    };
  }

  static boolean isValid(int signal) {
    return signal >= 1 && signal <= COUNT;
  }

  static long bit(int signal) {
    return 1L << signal - 1;
  }
}
