/** What is about the service itself: who is logged in, and who did what. */
@NullMarked
package org.tacvault.server.api.admin;

import org.jspecify.annotations.NullMarked;
