package org.godwit.app.panel.events;

import org.godwit.model.event.Event;

/**
 * One line of the log with its sentence.
 *
 * @param event what happened
 * @param kind its kind
 * @param sentence it in words
 */
public record EventRow(Event event, EventKind kind, String sentence) {}
