/** Tests of actions, shortcuts and undo. */
package org.godwit.app.action;
