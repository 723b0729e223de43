package org.godwit.app.panel.inspector;

/**
 * One line of the inspector.
 *
 * @param label what it is, worded
 * @param value what it is now, worded
 */
public record Fact(String label, String value) {}
