/** The Programs palette: what can be launched, shown as cards that are dragged onto nodes. */
package org.godwit.app.palette;
