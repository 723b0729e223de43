/** Tests of what is decided before a window opens. */
package org.godwit.app.launch;
