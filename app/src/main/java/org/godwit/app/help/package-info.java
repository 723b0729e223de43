/**
 * The help that is on board: pages as plain text with a few marks, a view-model that lists and
 * searches them, and the view. It needs no network. FX thread only.
 */
package org.godwit.app.help;
