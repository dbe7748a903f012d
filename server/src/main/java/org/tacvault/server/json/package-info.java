/** How JSON is read and written: strictly in, in the Python server's forms out. */
@NullMarked
package org.tacvault.server.json;

import org.jspecify.annotations.NullMarked;
