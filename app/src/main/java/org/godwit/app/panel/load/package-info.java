/**
 * The load chart: sample rings, markers, and its drawing off the FX thread. A view-model that knows
 * no scene, and a view that binds to it; made by {@code org.godwit.app.panel} alone. FX thread.
 */
package org.godwit.app.panel.load;
