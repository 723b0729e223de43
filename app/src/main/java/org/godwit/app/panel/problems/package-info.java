/**
 * What a person should look at: faults, processes that go to and fro or starve, refusals; each with
 * a jump and, where there is one, a fix. A view-model that knows no scene, and its view. FX thread.
 */
package org.godwit.app.panel.problems;
