/**
 * The cluster as a picture one can touch: cards, chips, links, flights, and the gestures on them.
 * What can be worked out without a scene (slots, flights, layout) stands in classes of its own,
 * free of {@code javafx.scene}.
 */
package org.godwit.app.canvas;
