/**
 * Everything the window can do, as one declared list: label, icon, key, whether it can be done now,
 * handler. Menus, toolbar, context menus and search are made from it.
 */
package org.godwit.app.action;
