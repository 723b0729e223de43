/**
 * What the user may set: the declared list, the store that keeps the values, the page on which they
 * are changed. FX thread only, but for the writing of the file.
 */
package org.godwit.app.settings;
