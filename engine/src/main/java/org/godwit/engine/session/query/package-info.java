/**
 * Questions to a recording: where every process was ({@link
 * org.godwit.engine.session.query.Tracks}), when something held ({@link
 * org.godwit.engine.session.query.Query}), and where two recordings part ({@link
 * org.godwit.engine.session.query.Comparison}). Nothing is run for an answer; the recording alone
 * gives it.
 */
package org.godwit.engine.session.query;
