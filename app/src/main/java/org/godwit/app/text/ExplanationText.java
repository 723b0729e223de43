package org.godwit.app.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.godwit.engine.session.Explanation;
import org.godwit.engine.session.Explanation.Because;
import org.godwit.engine.session.Explanation.Remedy;
import org.godwit.model.LockOrigin;
import org.godwit.model.Problem;
import org.godwit.model.StayEvidence;
import org.godwit.model.event.Decision.Target;

/**
 * Words an {@link Explanation}, the same for the window and the command line.
 *
 * @param words words a key with arguments in the reader's language
 */
public record ExplanationText(Function<Problem, String> words) {
  private static final double SECOND = 1e9;

  /** The answer in one sentence. */
  public String title(Explanation e) {
    String key = "explain.title." + e.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    double leaves = e.forecast() == null ? 0 : e.forecast().leavesNanos() / SECOND;
    int goesTo = e.forecast() == null ? 0 : e.forecast().to();
    return words.apply(Problem.of(key, e.process().toString(), e.program(), leaves, goesTo));
  }

  /** What holds it and what to do about it, a line each; remedies are indented. */
  public List<String> lines(Explanation e) {
    List<String> lines = new ArrayList<>();
    for (Because each : e.because()) {
      lines.add(words.apply(each.what()));
      evidence(each).forEach(line -> lines.add("  " + line));
      manual(each.what()).ifPresent(line -> lines.add("  " + line));
      for (Remedy remedy : each.remedies()) {
        lines.add("  " + words.apply(Problem.of("explain.remedy", words.apply(remedy.words()))));
        manual(remedy.words()).ifPresent(line -> lines.add("    " + line));
      }
    }
    for (Target each : e.targets()) {
      lines.add(target(each));
    }
    if (e.nodeSays() != null) {
      lines.add(words.apply(Problem.of("explain.node-says", e.where(), words.apply(e.nodeSays()))));
    }
    if (e.forecast() != null && e.forecast().leavesNanos() < 0) {
      lines.add(words.apply(Problem.of("explain.stays-until", e.forecast().untilNanos() / SECOND)));
    }
    return lines;
  }

  /** The evidence of one thing that holds it; empty if it needs none. */
  public List<String> evidence(Because because) {
    List<String> lines = new ArrayList<>();
    StayEvidence call = because.evidence();
    if (call != null) {
      lines.add(
          words.apply(
              Problem.of(
                  call.argument() < 0 ? "explain.call" : "explain.call-about",
                  call.call(),
                  "0x" + Long.toHexString(call.pc()),
                  call.atNanos() / SECOND,
                  about(call))));
    }
    if (because.lock() != null) {
      LockOrigin lock = because.lock();
      lines.add(
          words.apply(
              Problem.of(
                  "explain.lock." + lock.means().name().toLowerCase(Locale.ROOT),
                  lock.holder().toString(),
                  lock.program(),
                  lock.atNanos() / SECOND,
                  lock.writer() == null ? "-" : lock.writer().toString())));
    }
    return lines;
  }

  /** What the nodes' manual says about it, cited; empty if it says nothing. */
  public Optional<String> manual(Problem what) {
    return ManualWords.about(what)
        .map(quote -> words.apply(Problem.of("explain.manual", quote.page(), quote.text())));
  }

  private static String about(StayEvidence call) {
    boolean small = call.argument() < 1 << 20;
    return small ? Long.toString(call.argument()) : "0x" + Long.toHexString(call.argument());
  }

  /** A place with its terms and its verdict. */
  public String target(Target t) {
    return words.apply(
        Problem.of(
            "explain.target",
            t.node(),
            t.load(),
            t.beliefAgeNanos() / SECOND,
            Math.round(t.rateHere()) + " → " + Math.round(t.rateThere()),
            t.gain(),
            t.transferCost(),
            t.callCost(),
            words.apply(t.verdict())));
  }
}
