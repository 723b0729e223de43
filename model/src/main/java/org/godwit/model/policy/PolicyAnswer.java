package org.godwit.model.policy;

import org.godwit.model.Problem;

/** What came of a question to a {@link UserPolicy}. */
public sealed interface PolicyAnswer {
  /** It answered. */
  record Given(Verdict verdict) implements PolicyAnswer {}

  /** It did not: it threw, took too long, or cannot be loaded. */
  record Failed(Problem why) implements PolicyAnswer {}
}
