/**
 * JSON for the nouns: the strict scenario reader and its writer, and a codec that turns records
 * into lines of a session file and back. Every refusal says file, line, column and JSON path. Works
 * on readers and writers only; it opens no files and words no messages. Anybody may call it.
 */
package org.godwit.model.json;
