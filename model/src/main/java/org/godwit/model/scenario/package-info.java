/**
 * What a session starts from: nodes, links, cost model, and the commands that happen by themselves.
 * Values only; the strict JSON reader lives here too.
 */
package org.godwit.model.scenario;
