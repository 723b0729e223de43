/** The list of notices that the window posted. A view over the notice board; FX thread. */
package org.godwit.app.panel.notices;
