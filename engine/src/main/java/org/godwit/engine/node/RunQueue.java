package org.godwit.engine.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.kernel.Task;

/**
 * Tasks that are ready, the most urgent first and within one urgency in the order in which they
 * came (sched(7)): real-time priorities 1 to 99, and 0 for everybody else.
 */
final class RunQueue {
  private final TreeMap<Integer, ArrayDeque<Task>> lists = new TreeMap<>(Comparator.reverseOrder());

  /** At the end of its list. */
  void add(Task task) {
    list(task).addLast(task);
  }

  /** At the head of its list: it was there before and has been preempted. */
  void addFirst(Task task) {
    list(task).addFirst(task);
  }

  private ArrayDeque<Task> list(Task task) {
    return lists.computeIfAbsent(task.urgency(), urgency -> new ArrayDeque<>());
  }

  /** Takes the next, or null. */
  Task poll() {
    if (lists.isEmpty()) {
      return null;
    }
    Task task = lists.firstEntry().getValue().removeFirst();
    dropEmpty();
    return task;
  }

  /** Takes a task out, whatever its urgency was when it came; false if it was not there. */
  boolean remove(Task task) {
    boolean found = false;
    for (ArrayDeque<Task> list : lists.values()) {
      found |= list.remove(task);
    }
    dropEmpty();
    return found;
  }

  private void dropEmpty() {
    lists.values().removeIf(ArrayDeque::isEmpty);
  }

  /** Urgency of the next, −1 if there is none. */
  int highest() {
    return lists.isEmpty() ? -1 : lists.firstKey();
  }

  /** All, in order. */
  List<Task> tasks() {
    List<Task> all = new ArrayList<>();
    lists.values().forEach(all::addAll);
    return all;
  }
}
