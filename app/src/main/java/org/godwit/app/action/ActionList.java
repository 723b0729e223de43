package org.godwit.app.action;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The declared list of actions, in menu order. FX thread only. */
public final class ActionList {
  private final Map<String, Action> byId = new LinkedHashMap<>();

  /** Adds an action; two of one id are a mistake of ours. */
  public void add(Action action) {
    if (byId.putIfAbsent(action.id(), action) != null) {
      throw new IllegalStateException("two actions named " + action.id());
    }
  }

  /** The action of that id. */
  public Optional<Action> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The action of that id; it must exist. */
  public Action get(String id) {
    return find(id).orElseThrow(() -> new IllegalStateException("no action named " + id));
  }

  /** All of them. */
  public List<Action> all() {
    return Collections.unmodifiableList(new ArrayList<>(byId.values()));
  }
}
