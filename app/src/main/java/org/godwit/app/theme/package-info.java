/**
 * The visual language, read from one token file: CSS variables, canvas, charts and tests take their
 * colours and sizes from here and from nowhere else.
 */
package org.godwit.app.theme;
