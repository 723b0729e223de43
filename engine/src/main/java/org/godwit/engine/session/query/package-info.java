/**
 * Questions to a recording: where every process was ({@link
 * org.godwit.engine.session.query.Tracks}), when something held ({@link
 * org.godwit.engine.session.query.Query}), and where two recordings part ({@link
 * org.godwit.engine.session.query.Comparison}). The recording alone gives the answer; only a {@link
 * org.godwit.engine.session.query.Verification} runs it again.
 */
package org.godwit.engine.session.query;
