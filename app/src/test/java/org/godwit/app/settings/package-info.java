/** Tests of settings. */
package org.godwit.app.settings;
