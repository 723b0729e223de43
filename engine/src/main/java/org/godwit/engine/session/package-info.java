/**
 * The engine's only door: open a scenario, submit commands, advance virtual time, look. Owns no
 * thread beyond the window workers, no wall clock, no host files; call it from one thread at a
 * time.
 */
package org.godwit.engine.session;
