/**
 * Every sentence a person reads: the message bundles in English and Japanese, and the wording of
 * the keys that engine and model hand out (decision 34). No scene, no engine; used by the window
 * and by the command line alike.
 */
package org.godwit.app.text;
