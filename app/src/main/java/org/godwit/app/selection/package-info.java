/**
 * What is selected, once for all panels: nodes, processes and the moment that is looked at. No
 * scene, no engine; FX thread only.
 */
package org.godwit.app.selection;
