/** Tests of the panels, the worlds they run in, and two programs that show panels to eyes. */
package org.godwit.app.panel;
