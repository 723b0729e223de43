package org.godwit.app.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.godwit.engine.session.Advisers;
import org.godwit.engine.session.Session;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.event.Beliefs;
import org.godwit.model.policy.PolicyAnswer;
import org.godwit.model.policy.UserPolicy;
import org.godwit.model.policy.Verdict;

/**
 * The user's own balancing policies: jars and folders of classes in one folder. What is there is
 * looked at before each question, so a class that was compiled again answers the next one. It runs
 * on a thread of its own; what it throws, and that it does not come back, becomes an answer like
 * any other. Any thread may ask, one at a time is served.
 */
public final class PolicyFolder implements Advisers {
  private static final int MOST_WORDS = 300;

  /** What was loaded from one place. */
  private static final class Source {
    private final String stamp;
    private final String code;
    private final Map<String, UserPolicy> policies;
    private final Problem broken;
    private boolean hangs;

    private Source(String stamp, String code, Map<String, UserPolicy> policies, Problem broken) {
      this.stamp = stamp;
      this.code = code;
      this.policies = policies;
      this.broken = broken;
    }
  }

  private final Path usual;
  private Path folder;

  /** Set by a thread that must not wait. */
  private volatile Path wanted;

  private final Map<Path, Source> sources = new TreeMap<>();

  /** Where each policy was last. */
  private final Map<String, Path> homes = new TreeMap<>();

  private Watchdog watchdog = new Watchdog();

  /** The policies in {@code folder}, which need not exist. */
  public PolicyFolder(Path folder) {
    this.usual = folder;
    this.folder = folder;
    this.wanted = folder;
  }

  /** Looks elsewhere from now on; empty for the first folder again, which a bad name leaves too. */
  public void lookIn(String other) {
    Path named = usual;
    try {
      named = other.isBlank() ? usual : Path.of(other.strip());
    } catch (InvalidPathException e) {
      // As if nothing were named.
    }
    wanted = named;
  }

  private void moveIn() {
    Path next = wanted;
    if (!next.equals(folder)) {
      folder = next;
      sources.clear();
      homes.clear();
    }
  }

  /** Names as scenarios and menus have them, in order. */
  public synchronized List<String> names() {
    look();
    return new TreeSet<>(homes.keySet()).stream().map(each -> UserPolicy.PREFIX + each).toList();
  }

  /** What is in the folder and cannot be used. */
  public synchronized List<Problem> broken() {
    look();
    return sources.values().stream()
        .filter(each -> each.broken != null)
        .map(each -> each.broken)
        .toList();
  }

  /**
   * Makes sure that a policy can be asked, if it is one of a user's own.
   *
   * @throws ProblemException {@code own-policy.none}, or {@code own-policy.broken} if that may be
   *     why
   */
  public void demand(String policy) throws ProblemException {
    String own = Session.userPolicy(policy);
    List<String> there = own == null ? List.of() : names();
    if (own == null || there.contains(UserPolicy.PREFIX + own)) {
      return;
    }
    List<Problem> broken = broken();
    throw new ProblemException(
        broken.isEmpty()
            ? Problem.of("own-policy.none", policy, folder.toString(), String.join(", ", there))
            : broken.getFirst());
  }

  /** The code of what a policy is loaded from now; empty if it is none of the user's own. */
  public synchronized String code(String policy) {
    String own = Session.userPolicy(policy);
    Source source = own == null ? null : current(own);
    return source == null ? "" : source.code;
  }

  @Override
  public synchronized Reply ask(String name, Beliefs beliefs, List<Long> memory) {
    Source source = current(name);
    if (source == null) {
      return failed("", Problem.of("own-policy.missing", name, folder.toString()));
    }
    if (source.broken != null) {
      return failed(source.code, source.broken);
    }
    UserPolicy policy = source.policies.get(name);
    Problem slow = Problem.of("own-policy.timeout", name, Watchdog.MILLIS);
    if (source.hangs) {
      return new Reply(source.code, new PolicyAnswer.Failed(slow), true);
    }
    try {
      Verdict verdict = guarded(() -> policy.decide(beliefs, memory), Watchdog.MILLIS);
      return verdict == null
          ? failed(source.code, Problem.of("own-policy.no-verdict", name))
          : new Reply(source.code, new PolicyAnswer.Given(verdict), false);
    } catch (ExecutionException e) {
      return failed(source.code, Problem.of("own-policy.threw", name, words(e.getCause())));
    } catch (Watchdog.Hangs e) {
      source.hangs = true;
      return new Reply(source.code, new PolicyAnswer.Failed(slow), true);
    }
  }

  private static Reply failed(String code, Problem why) {
    return new Reply(code, new PolicyAnswer.Failed(why), false);
  }

  /** Runs foreign code; a thread that does not come back is left to itself. */
  private <T> T guarded(Callable<T> work, long millis) throws ExecutionException, Watchdog.Hangs {
    try {
      return watchdog.run(work, millis);
    } catch (Watchdog.Hangs e) {
      watchdog = new Watchdog();
      throw e;
    }
  }

  // ---------------------------------------------------------------- what is there

  /** What {@code name} is loaded from, as it is on disk now; null if there is none. */
  private Source current(String name) {
    moveIn();
    Path home = homes.get(name);
    Source known = home == null ? null : refresh(home);
    if (known == null || known.broken == null && !known.policies.containsKey(name)) {
      look();
      home = homes.get(name);
      known = home == null ? null : sources.get(home);
    }
    return known;
  }

  private void look() {
    moveIn();
    List<Path> places = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        entries.filter(PolicyCode::isPossible).sorted().forEach(places::add);
      } catch (IOException e) {
        // A folder that cannot be read has nothing in it.
        places.clear();
      }
    }
    sources.keySet().retainAll(places);
    places.forEach(this::refresh);
    homes.values().retainAll(places);
    sources.forEach(
        (place, source) -> {
          if (source.broken == null) {
            homes
                .entrySet()
                .removeIf(
                    each ->
                        each.getValue().equals(place)
                            && !source.policies.containsKey(each.getKey()));
            source.policies.keySet().forEach(name -> homes.putIfAbsent(name, place));
          }
        });
  }

  /** Loads a place unless it is as it was; null if it is gone. */
  private Source refresh(Path place) {
    if (!PolicyCode.isPossible(place)) {
      return null;
    }
    Source known = sources.get(place);
    String stamp = "";
    try {
      stamp = PolicyCode.stamp(place);
      if (known != null && known.stamp.equals(stamp)) {
        return known;
      }
      PolicyCode code = PolicyCode.read(place);
      Map<String, UserPolicy> policies = guarded(code::policies, Watchdog.LOADING_MILLIS);
      known =
          new Source(
              stamp,
              code.code(),
              policies,
              policies.isEmpty() ? broken(place, "no " + UserPolicy.class.getName()) : null);
    } catch (IOException e) {
      known = new Source(stamp, "", Map.of(), broken(place, words(e)));
    } catch (ExecutionException e) {
      known = new Source(stamp, "", Map.of(), broken(place, words(e.getCause())));
    } catch (Watchdog.Hangs e) {
      known = new Source(stamp, "", Map.of(), broken(place, "it does not come back"));
    }
    sources.put(place, known);
    return known;
  }

  private static Problem broken(Path place, String why) {
    return Problem.of("own-policy.broken", place.getFileName().toString(), why);
  }

  /** What was thrown and where, in one line. */
  private static String words(Throwable thrown) {
    String text = thrown.toString();
    StackTraceElement[] trace = thrown.getStackTrace();
    String where =
        trace.length == 0 || thrown instanceof IOException
            ? ""
            : " (" + trace[0].getFileName() + ":" + trace[0].getLineNumber() + ")";
    String line = text.replaceAll("\\s+", " ");
    return (line.length() > MOST_WORDS ? line.substring(0, MOST_WORDS) : line) + where;
  }
}
