/** Tests of the session file, and a recording made by hand that the tests of exports use too. */
package org.godwit.engine.session.file;
