/**
 * The catalogue of what is on board: it lists and opens the files that stand in the folders beside
 * {@code src/} (programs, roots, scenarios, fonts and so on).
 *
 * <p>It holds no logic and judges no content. The app and the tests of every module may call it,
 * from any thread; the engine never does.
 */
package org.godwit.resources;
