/**
 * Sources of guest programs: reading, colouring, building with a cross compiler of this computer.
 * The compiler runs on a thread of its own; everything else is for the FX thread.
 */
package org.godwit.app.source;
