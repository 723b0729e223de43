package org.godwit.app.canvas;

/**
 * A note that the user stuck on the canvas.
 *
 * @param id its number on this canvas
 * @param x left edge in the world's pixels
 * @param y upper edge
 * @param text what it says
 */
record CanvasNote(int id, double x, double y, String text) {
  CanvasNote at(CardPlaces.Place place) {
    return new CanvasNote(id, place.x(), place.y(), text);
  }

  CanvasNote saying(String words) {
    return new CanvasNote(id, x, y, words);
  }
}
