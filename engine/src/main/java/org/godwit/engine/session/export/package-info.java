/**
 * Recordings in other programs' formats: CSV tables and Chrome trace JSON. Virtual nanoseconds are
 * the only clock, every order is fixed, and nothing of the host goes in, so that one recording
 * gives the same bytes everywhere. Writes to writers; the app chooses where they lead.
 */
package org.godwit.engine.session.export;
