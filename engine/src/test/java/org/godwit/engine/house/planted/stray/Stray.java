package org.godwit.engine.house.planted.stray;

/** Lives in a package without a row. */
public record Stray() {}
