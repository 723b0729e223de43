/**
 * The root of the engine's packages; it holds no type. Which package may use which is drawn in
 * {@code docs/architecture.md} and held by a test. Other modules see {@code session} and {@code
 * balance} only.
 */
package org.godwit.engine;
