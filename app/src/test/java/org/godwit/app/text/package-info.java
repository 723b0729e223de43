/** Tests of the words. */
package org.godwit.app.text;
