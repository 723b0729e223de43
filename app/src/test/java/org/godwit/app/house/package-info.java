/** The app's own architecture rules as tests; they read class files and open no window. */
package org.godwit.app.house;
