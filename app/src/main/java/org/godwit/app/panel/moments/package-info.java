/**
 * Find moments: a field for the query language, what was found, and the way there. View-model and
 * view; FX thread.
 */
package org.godwit.app.panel.moments;
