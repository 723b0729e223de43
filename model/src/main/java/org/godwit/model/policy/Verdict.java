package org.godwit.model.policy;

import java.util.ArrayList;
import java.util.List;
import org.godwit.model.ProcessId;

/**
 * What a {@link UserPolicy} wants.
 *
 * @param process who is to move, or null
 * @param to number of the node where it is to go, or 0
 * @param why one sentence for people, shown as it is
 * @param opinions what it thinks of places, for whoever asks why B and not C
 * @param memory what to give at this node's next question
 */
public record Verdict(
    ProcessId process, int to, String why, List<Opinion> opinions, List<Long> memory) {
  /** The most opinions, and the most numbers, that one verdict may carry. */
  public static final int MOST = 4096;

  /**
   * @throws IllegalArgumentException if it carries more than {@link #MOST} of something
   */
  public Verdict {
    opinions = List.copyOf(opinions);
    memory = List.copyOf(memory);
    why = shortened(why);
    if (opinions.size() > MOST || memory.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " opinions or numbers");
    }
  }

  /** Nobody moves. */
  public static Verdict stay(String why) {
    return new Verdict(null, 0, why, List.of(), List.of());
  }

  /** A process moves to a node. */
  public static Verdict move(ProcessId process, int to, String why) {
    return new Verdict(process, to, why, List.of(), List.of());
  }

  /** The same with an opinion about a place for a process. */
  public Verdict with(ProcessId about, int node, String opinion) {
    List<Opinion> more = new ArrayList<>(opinions);
    more.add(new Opinion(about, node, opinion));
    return new Verdict(process, to, why, more, memory);
  }

  /** The same, and this is to be remembered. */
  public Verdict remembering(List<Long> numbers) {
    return new Verdict(process, to, why, opinions, numbers);
  }

  private static String shortened(String text) {
    return text.length() <= 1000 ? text : text.substring(0, 1000);
  }

  /**
   * What a policy thinks of a node as a place for a process.
   *
   * @param process the process
   * @param node the node
   * @param why one phrase for people, shown as it is
   */
  public record Opinion(ProcessId process, int node, String why) {
    public Opinion {
      why = shortened(why);
    }
  }
}
