/**
 * The nouns that everybody shares: process and node ids, stay reasons with their evidence, problems
 * (a key with arguments that the app words). Immutable values only; no engine, no JavaFX, no
 * threads, no clocks, no files.
 */
package org.godwit.model;
