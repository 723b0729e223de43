package org.godwit.engine.house.planted;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Iterates a hash map, and, rightly, a sorted one. */
final class HashOrder {

  private final Map<String, Integer> byHash = new HashMap<>();
  private final TreeMap<String, Integer> sorted = new TreeMap<>();

  int sinIterate() {
    int sum = 0;
    for (Map.Entry<String, Integer> entry : byHash.entrySet()) {
      sum = 31 * sum + entry.getValue();
    }
    return sum;
  }

  int fineIterate() {
    int sum = 0;
    for (Map.Entry<String, Integer> entry : sorted.entrySet()) {
      sum = 31 * sum + entry.getValue();
    }
    return sum + byHash.getOrDefault("", 0);
  }
}
