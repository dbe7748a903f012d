/** What the API says about itself, in a form that programs read. */
@NullMarked
package org.tacvault.server.openapi;

import org.jspecify.annotations.NullMarked;
