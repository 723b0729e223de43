package org.godwit.app.panel.inspector;

/**
 * A stay reason as the inspector shows it.
 *
 * @param word as {@code /proc/PID/cantmove} shows it
 * @param meaning what it means, a sentence
 * @param evidence what raised it
 * @param remedy what helps, a sentence
 */
public record ReasonCard(String word, String meaning, String evidence, String remedy) {}
