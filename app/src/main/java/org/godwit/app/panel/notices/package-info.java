/**
 * The lists of notices, "Notifications" and "Problems". A view over the notice board; FX thread.
 */
package org.godwit.app.panel.notices;
