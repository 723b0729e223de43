package org.godwit.model;

/** Carries a user's {@link Problem} out of a reader or a call that could not do what was asked. */
public final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** An exception whose text is the problem's key and arguments, for logs. */
  public ProblemException(Problem problem) {
    super(problem.key() + " " + problem.arguments());
    this.problem = problem;
  }

  /** What a person should be told. */
  public Problem problem() {
    return problem;
  }
}
