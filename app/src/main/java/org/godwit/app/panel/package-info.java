/**
 * The tool windows and what they share: who is who in a session, how figures and events are worded,
 * the balancers' log. One set of view-models follows the engine bridge from the first frame on;
 * views are made when they are first needed. Panels do not know each other: they meet in the
 * selection.
 */
package org.godwit.app.panel;
