/** Tests of the exports: expected files, and the rules that readers of traces rely on. */
package org.godwit.engine.session.export;
