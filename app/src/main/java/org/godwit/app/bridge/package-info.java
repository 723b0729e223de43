/**
 * The engine thread and its two queues: commands and questions go down, the newest frame comes up,
 * and neither side ever waits for the other (design rule 9). Pacing against the wall clock lives
 * here. Knows no scene, no dialog and no sentence; callable from view-models and tests without a
 * toolkit.
 */
package org.godwit.app.bridge;
